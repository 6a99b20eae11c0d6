package dev.bastion.sandbox.page;

import dev.bastion.sandbox.fault.FaultSwitch;
import dev.bastion.sandbox.fault.Platform;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What stands beside the channel, set by a test. */
final class PageTestSource implements PageSource {
    private final List<Consumer<Topic>> listeners = new CopyOnWriteArrayList<>();
    private final List<LogEntry> log = new CopyOnWriteArrayList<>();
    private final List<CiRun> runs = new CopyOnWriteArrayList<>();
    private final List<InstanceView> instances = new CopyOnWriteArrayList<>();
    private final List<PullRequestView> pulls = new CopyOnWriteArrayList<>();
    private final List<String> acts = new CopyOnWriteArrayList<>();
    private volatile String output = "";
    private volatile boolean gitHubIsDown;

    void commit(LogEntry entry) {
        log.addFirst(entry);
        changed(Topic.LEDGER);
    }

    void run(CiRun run) {
        runs.removeIf(other -> other.id().equals(run.id()));
        runs.addFirst(run);
        changed(Topic.RUNS);
    }

    synchronized void print(String line) {
        output += line + "\n";
        changed(Topic.RUNS);
    }

    void instance(InstanceView instance) {
        instances.removeIf(other -> other.id().equals(instance.id()));
        instances.addFirst(instance);
        changed(Topic.INSTANCES);
    }

    void pull(PullRequestView pull) {
        pulls.removeIf(other -> other.number() == pull.number());
        pulls.addFirst(pull);
        changed(Topic.PULL_REQUESTS);
    }

    /** What was done to pull requests, a line each. */
    List<String> acts() {
        return acts;
    }

    private void changed(Topic topic) {
        listeners.forEach(listener -> listener.accept(topic));
    }

    @Override
    public List<LogEntry> log() {
        return List.copyOf(log);
    }

    @Override
    public List<CiRun> runs() {
        return List.copyOf(runs);
    }

    @Override
    public String output(String run) {
        return output;
    }

    @Override
    public List<InstanceView> instances() {
        return List.copyOf(instances);
    }

    @Override
    public List<SessionView> sessions() {
        return List.of(new SessionView("s-1", "i-1", "john.doe", Instant.EPOCH, "db.internal:5432", "psql -p 1"));
    }

    @Override
    public void connect(String person, String instance) {
        if (!instance.equals("i-1")) {
            throw new IllegalArgumentException("there is no bastion " + instance);
        }
        acts.add(person + " connects to " + instance);
    }

    @Override
    public void disconnect(String session) {
        acts.add("disconnects " + session);
    }

    @Override
    public List<PullRequestView> pullRequests() {
        return List.copyOf(pulls);
    }

    @Override
    public void act(String person, int pullRequest, PullRequestAction act, String text) {
        if (person.equals("john.doe")) {
            throw new IllegalArgumentException("GitHub says 422: Can not approve your own pull request");
        }
        acts.add(person + " " + act + " #" + pullRequest + ": " + text);
    }

    @Override
    public List<FaultSwitch> faults() {
        return List.of(FaultSwitch.lasting(
                Platform.GITHUB, "DOWN", "GitHub is down", "Git and REST answer 503.", () -> gitHubIsDown, now -> {
                    gitHubIsDown = now;
                    acts.add("GitHub " + (now ? "down" : "up"));
                }));
    }

    @Override
    public List<ComponentView> parts() {
        return List.of(
                new ComponentView("service", ComponentView.State.UP, "ready"),
                new ComponentView("CI", ComponentView.State.UP, ""),
                new ComponentView("AWS emulator", ComponentView.State.STARTING, "applying the prerequisites"));
    }

    @Override
    public void onChange(Consumer<Topic> listener) {
        listeners.add(listener);
    }
}
