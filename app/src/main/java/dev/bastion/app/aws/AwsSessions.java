package dev.bastion.app.aws;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.observation.Session;
import dev.bastion.access.port.SessionMonitor.Listing;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DescribeSessionsResponse;
import software.amazon.awssdk.services.ssm.model.SessionFilter;
import software.amazon.awssdk.services.ssm.model.SessionFilterKey;
import software.amazon.awssdk.services.ssm.model.SessionState;

/**
 * The sessions of SSM's Session Manager. Needs {@code ssm:DescribeSessions}, which knows no single resource.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeSessions.html">DescribeSessions</a>
 */
public final class AwsSessions implements AutoCloseable {
    static final String ACTION = "ssm:DescribeSessions";
    /** The most that DescribeSessions lists on one page. */
    private static final int PAGE = 200;

    private static final int MOST_PAGES = 20;
    private static final int MOST_SESSIONS = 1_000;

    private final AwsFaults faults;
    private final SsmClient ssm;

    /**
     * Uses the AWS SDK's default credentials.
     *
     * @param endpoint replaces the AWS endpoints
     */
    public AwsSessions(String region, Optional<URI> endpoint) {
        this(region, endpoint, DefaultCredentialsProvider.builder().build());
    }

    /** The same with other credentials. */
    public AwsSessions(String region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
        this.faults = new AwsFaults(region);
        this.ssm = AwsPlatform.configure(SsmClient.builder(), region, endpoint, credentials);
    }

    /** The sessions by their ids: one that ends while the two lists are read stands in both. */
    private static final class Found {
        private final Map<String, Session> sessions = new LinkedHashMap<>();
        private final Set<String> active = new HashSet<>();
        private boolean isCut;

        private boolean isFull() {
            return sessions.size() >= MOST_SESSIONS;
        }
    }

    /**
     * The sessions of an instance that began at the moment or later.
     *
     * @throws ObservationFailed when SSM does not answer, or refuses
     */
    public Listing sessionsOf(String instance, Instant since) {
        Found found = new Found();
        // in this order: what ends meanwhile is in the second list
        add(found, instance, since, SessionState.ACTIVE);
        add(found, instance, since, SessionState.HISTORY);
        return new Listing(
                found.sessions.values().stream()
                        .sorted(Comparator.comparing(Session::from))
                        .toList(),
                found.active.isEmpty() && !found.isCut);
    }

    private void add(Found found, String instance, Instant since, SessionState state) {
        Optional<String> next = Optional.empty();
        for (int page = 0; page < MOST_PAGES; page++) {
            DescribeSessionsResponse answer = page(instance, state, next);
            answer.sessions().stream()
                    .filter(session ->
                            session.startDate() == null || !session.startDate().isBefore(since))
                    .forEach(session -> add(found, session, since, state));
            next = Optional.ofNullable(answer.nextToken()).filter(token -> !token.isEmpty());
            if (next.isEmpty() || found.isFull()) {
                break;
            }
        }
        found.isCut |= next.isPresent();
    }

    private static void add(
            Found found, software.amazon.awssdk.services.ssm.model.Session session, Instant since, SessionState state) {
        String id = Objects.toString(session.sessionId(), "");
        if (state == SessionState.ACTIVE) {
            found.active.add(id);
        } else {
            found.active.remove(id);
        }
        found.sessions.put(
                id,
                new Session(
                        Objects.toString(session.owner(), ""),
                        Timestamps.wholeSeconds(Objects.requireNonNullElse(session.startDate(), since)),
                        Optional.ofNullable(session.endDate()),
                        Optional.ofNullable(session.documentName())));
    }

    private DescribeSessionsResponse page(String instance, SessionState state, Optional<String> next) {
        try {
            SessionFilter ofInstance = SessionFilter.builder()
                    .key(SessionFilterKey.TARGET)
                    .value(instance)
                    .build();
            return ssm.describeSessions(request -> request.state(state)
                    .maxResults(PAGE)
                    .nextToken(next.orElse(null))
                    .filters(ofInstance));
        } catch (SdkException e) {
            throw new ObservationFailed(faults.onRead("listing the sessions of " + instance, ACTION, e), e);
        }
    }

    @Override
    public void close() {
        ssm.close();
    }
}
