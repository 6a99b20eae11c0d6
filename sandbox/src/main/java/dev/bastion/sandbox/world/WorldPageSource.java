package dev.bastion.sandbox.world;

import dev.bastion.sandbox.ci.Ci;
import dev.bastion.sandbox.emulator.AwsEmulator;
import dev.bastion.sandbox.fault.FaultSwitch;
import dev.bastion.sandbox.page.CiRun;
import dev.bastion.sandbox.page.ComponentView;
import dev.bastion.sandbox.page.InstanceView;
import dev.bastion.sandbox.page.LogEntry;
import dev.bastion.sandbox.page.PageSource;
import dev.bastion.sandbox.page.PullRequestAction;
import dev.bastion.sandbox.page.PullRequestView;
import dev.bastion.sandbox.page.SessionView;
import dev.bastion.sandbox.page.Topic;
import dev.bastion.sandbox.session.Database;
import dev.bastion.sandbox.session.ForwardedSession;
import dev.bastion.sandbox.session.LaptopFolder;
import dev.bastion.sandbox.session.SessionPlugin;
import dev.bastion.sandbox.session.SessionRoutes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The page's data, read from a running sandbox. */
final class WorldPageSource implements PageSource {
    private final LedgerLog log;
    private final Ci ci;
    private final PullRequestViews pulls;
    private final AwsEmulator emulator;
    private final InstancePoller instances;
    private final Database database = new Database();
    private final SessionPlugin plugin;
    private final List<Consumer<Topic>> listeners = new CopyOnWriteArrayList<>();
    private volatile List<ServiceProcess> service = List.of();
    private volatile Optional<LaptopFolder> laptop = Optional.empty();

    WorldPageSource(LedgerLog log, Ci ci, PullRequestViews pulls, AwsEmulator emulator) {
        this.log = log;
        this.ci = ci;
        this.pulls = pulls;
        this.emulator = emulator;
        this.plugin = new SessionPlugin(emulator.sessions(), database, () -> changed(Topic.INSTANCES));
        this.instances = new InstancePoller(emulator, this::instancesChanged);
    }

    private void instancesChanged(List<InstanceView> seen) {
        plugin.closeAllBut(seen);
        changed(Topic.INSTANCES);
    }

    /** Shows the service, or its replicas. */
    void shows(List<ServiceProcess> processes) {
        service = List.copyOf(processes);
        changed(Topic.PARTS);
    }

    void changed(Topic topic) {
        listeners.forEach(listener -> listener.accept(topic));
    }

    @Override
    public List<LogEntry> log() {
        return log.entries();
    }

    @Override
    public List<CiRun> runs() {
        return ci.runs();
    }

    @Override
    public String output(String run) {
        return ci.output(run);
    }

    @Override
    public List<InstanceView> instances() {
        return instances.seen();
    }

    @Override
    public List<SessionView> sessions() {
        return plugin.sessions();
    }

    @Override
    public void connect(String person, String instance) {
        open(person, instance);
    }

    /** Opens a session on a running instance, with its first connection still to come. */
    ForwardedSession open(String person, String instance) {
        return emulator.home().instances().stream()
                .filter(known -> known.id().equals(instance))
                .findFirst()
                .map(known -> plugin.open(person, known))
                .orElseThrow(() -> new IllegalArgumentException("there is no bastion " + instance));
    }

    /** The routes of sessions that people start in a terminal. */
    SessionRoutes sessionRoutes() {
        return new SessionRoutes(plugin);
    }

    @Override
    public String terminalLine() {
        return laptop.map(LaptopFolder::line).orElse("");
    }

    void shows(LaptopFolder folder) {
        laptop = Optional.of(folder);
    }

    @Override
    public void disconnect(String session) {
        plugin.close(session);
    }

    @Override
    public List<PullRequestView> pullRequests() {
        return pulls.all();
    }

    @Override
    public void act(String person, int pullRequest, PullRequestAction act, String text) {
        pulls.act(person, pullRequest, act, text);
    }

    @Override
    public List<FaultSwitch> faults() {
        return Stream.concat(pulls.faults().stream(), emulator.faults().switches().stream())
                .toList();
    }

    @Override
    public List<ComponentView> parts() {
        ComponentView.State aws = emulator.isAlive() ? ComponentView.State.UP : ComponentView.State.DOWN;
        Stream<ComponentView> processes = service.isEmpty()
                ? Stream.of(new ComponentView(
                        "service", ComponentView.State.DOWN, "not started: connect a client of your own"))
                : service.stream().map(ServiceProcess::view);
        Stream<ComponentView> others = Stream.of(
                new ComponentView("CI", ComponentView.State.UP, ci.runs().size() + " runs"),
                new ComponentView("AWS emulator", aws, emulator.address().toString()));
        return Stream.concat(processes, others).toList();
    }

    @Override
    public void onChange(Consumer<Topic> listener) {
        listeners.add(listener);
    }

    void close() {
        instances.close();
        plugin.close();
        database.close();
    }
}
