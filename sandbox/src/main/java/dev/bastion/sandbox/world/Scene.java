package dev.bastion.sandbox.world;

import dev.bastion.sandbox.ci.Ci;
import dev.bastion.sandbox.emulator.Emulator;
import dev.bastion.sandbox.page.CiRun;
import dev.bastion.sandbox.page.InstanceView;
import dev.bastion.sandbox.page.LogEntry;
import dev.bastion.sandbox.page.PageSource;
import dev.bastion.sandbox.page.PartView;
import dev.bastion.sandbox.page.PullRequestAct;
import dev.bastion.sandbox.page.PullRequestView;
import dev.bastion.sandbox.page.Topic;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What the page shows of the world beside the channel. */
final class Scene implements PageSource {
    private final LedgerLog log;
    private final Ci ci;
    private final PullRequestViews pulls;
    private final Emulator emulator;
    private final Instances instances;
    private final List<Consumer<Topic>> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<ServiceProcess> service = Optional.empty();

    Scene(LedgerLog log, Ci ci, PullRequestViews pulls, Emulator emulator) {
        this.log = log;
        this.ci = ci;
        this.pulls = pulls;
        this.emulator = emulator;
        this.instances = new Instances(emulator, () -> changed(Topic.INSTANCES));
    }

    void shows(ServiceProcess process) {
        service = Optional.of(process);
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
    public List<PullRequestView> pullRequests() {
        return pulls.all();
    }

    @Override
    public void act(String person, int pullRequest, PullRequestAct act, String text) {
        pulls.act(person, pullRequest, act, text);
    }

    @Override
    public boolean hasForge() {
        return true;
    }

    @Override
    public void forge(boolean down) {
        pulls.forge(down);
    }

    @Override
    public List<PartView> parts() {
        PartView.State aws = emulator.isAlive() ? PartView.State.UP : PartView.State.DOWN;
        return List.of(
                service.map(ServiceProcess::view)
                        .orElse(new PartView("service", PartView.State.DOWN, "not started: bring your own")),
                new PartView("CI", PartView.State.UP, ci.runs().size() + " runs"),
                new PartView("AWS emulator", aws, emulator.address().toString()));
    }

    @Override
    public void onChange(Consumer<Topic> listener) {
        listeners.add(listener);
    }

    void close() {
        instances.close();
    }
}
