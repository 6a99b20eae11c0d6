package dev.bastion.sandbox.session;

import dev.bastion.sandbox.emulator.SessionManager;
import dev.bastion.sandbox.page.InstanceView;
import dev.bastion.sandbox.page.SessionView;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stand-in for AWS's session-manager-plugin. The session is the emulator's: {@code ssm:StartSession} as the
 * person, by the instance's own document, and {@code ssm:TerminateSession}; the port, the connections and the database
 * are real. The stand-in begins between them: bytes go straight from the port to the sandbox's database, which takes
 * the place of the document's host, and not through SSM and the instance, on which nothing runs. A session ends when
 * its last connection is closed, when the person ends it, or when its instance is gone. A session of {@code bastion
 * connect} is carried by a process of the person's instead ({@link LaptopFolder}).
 */
public final class SessionPlugin implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionPlugin.class);
    private static final String DOCUMENT = "PortDocument";

    private final SessionManager ssm;
    private final Database database;
    private final Runnable onChange;
    private final Map<String, Open> sessions = new ConcurrentHashMap<>();

    /** @param end ends what carries it; may be called twice */
    private record Open(SessionView view, Runnable end) {}

    /** @param database where all documents lead to */
    public SessionPlugin(SessionManager ssm, Database database, Runnable onChange) {
        this.ssm = ssm;
        this.database = database;
        this.onChange = onChange;
    }

    /**
     * Opens a session and listens.
     *
     * @param person the name of the principal
     * @throws IllegalArgumentException when that is not possible, with the reason
     */
    public ForwardedSession open(String person, InstanceView instance) {
        String document = instance.tags().getOrDefault(DOCUMENT, "");
        if (document.isEmpty()) {
            throw new IllegalArgumentException(instance.id() + " has no tag " + DOCUMENT);
        }
        InetSocketAddress server = database.address();
        SessionManager.Started started = ssm.start(person, instance.id(), document);
        PortForwarding forwarding = new PortForwarding(server, () -> ended(person, started.id()));
        SessionView view = new SessionView(
                started.id(),
                instance.id(),
                person,
                Instant.now(Clock.systemUTC()),
                started.host() + ":" + started.port(),
                "psql -h 127.0.0.1 -p " + forwarding.port() + " -U postgres postgres");
        sessions.put(started.id(), new Open(view, forwarding::close));
        onChange.run();
        return new ForwardedSession(started.id(), forwarding.port());
    }

    /**
     * Adds a session that a person started, and whose bytes a process of theirs carries; answers where it leads to.
     *
     * @param port the port of that process
     * @throws IllegalArgumentException when SSM knows no such open session
     */
    InetSocketAddress carried(String session, String instance, String port) {
        if (!ssm.describe("Active", instance).contains('"' + session + '"')) {
            throw new IllegalArgumentException("the session " + session + " of " + instance + " is not open in SSM");
        }
        InetSocketAddress server = database.address();
        String person = session.replaceFirst("-[^-]*$", "");
        SessionView view = new SessionView(
                session,
                instance,
                person,
                Instant.now(Clock.systemUTC()),
                "the database",
                "psql -h 127.0.0.1 -p " + port + " -U postgres postgres");
        sessions.put(session, new Open(view, () -> ended(person, session)));
        onChange.run();
        return server;
    }

    /** Whether it was opened and has not ended. */
    boolean isOpen(String session) {
        return sessions.containsKey(session);
    }

    /** The open sessions, oldest first. */
    public List<SessionView> sessions() {
        return sessions.values().stream()
                .map(Open::view)
                .sorted(Comparator.comparing(SessionView::from))
                .toList();
    }

    /** Ends a session, if it is open. */
    public void close(String session) {
        Open open = sessions.get(session);
        if (open != null) {
            open.end().run();
        }
    }

    /** Ends the sessions of instances that do not run. */
    public void closeAllBut(Collection<InstanceView> instances) {
        Set<String> running = instances.stream()
                .filter(instance -> instance.state().equals("running"))
                .map(InstanceView::id)
                .collect(Collectors.toSet());
        sessions.values().stream()
                .filter(open -> !running.contains(open.view().instance()))
                .forEach(open -> open.end().run());
    }

    private void ended(String person, String session) {
        if (sessions.remove(session) == null) {
            return;
        }
        try {
            ssm.end(person, session);
        } catch (RuntimeException failure) {
            LOG.info("the session {} is not ended in SSM; it ends there with its instance", session, failure);
        }
        onChange.run();
    }

    @Override
    public void close() {
        sessions.values().forEach(open -> open.end().run());
    }
}
