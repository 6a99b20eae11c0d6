package dev.bastion.simulation.world;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.status.CommitStatuses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * CI: a run for each environment whose file a push changed. A run applies the environment as the branch has it when the run
 * begins, and opens none whose end has passed, as {@code bastion apply} does. Terraform is replaced by {@link Instances}.
 */
public final class Ci {
    private static final Duration USUAL = Duration.ofSeconds(15);

    private final GitHistory git;
    private final Instances instances;
    private final Agenda agenda;
    private final SimulatedClock clock;
    private final CommitStatuses applies;
    private final CommitStatuses plans;
    private final List<Run> queue = new ArrayList<>();
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private int runs;
    private boolean isHeld;

    /** What goes wrong with a run. */
    public enum Trouble {
        /** It is never started, and nobody reports. */
        DROPPED,
        /** It fails, and nothing is applied. */
        FAILED,
        /** It applies, and its report is lost. */
        SILENT
    }

    /** A run that waits. */
    private record Run(int number, String environment, String commit) {}

    Ci(
            GitHistory git,
            Instances instances,
            Agenda agenda,
            SimulatedClock clock,
            CommitStatuses applies,
            CommitStatuses plans) {
        this.git = git;
        this.instances = instances;
        this.agenda = agenda;
        this.clock = clock;
        this.applies = applies;
        this.plans = plans;
    }

    /** Keeps runs from starting, or lets those that wait start. */
    public void hold(boolean now) {
        isHeld = now;
        if (!now) {
            List.copyOf(queue).forEach(this::startLater);
        }
    }

    public boolean isHeld() {
        return isHeld;
    }

    /** The next run goes wrong. */
    public void next(Trouble trouble) {
        troubles.add(trouble);
    }

    /** Turns the queue round: the newest run starts first. */
    public void reorder() {
        List<Run> reversed = queue.reversed().stream().toList();
        queue.clear();
        queue.addAll(reversed);
    }

    /** Every environment is applied by its schedule, whatever was pushed. */
    public void applyAll() {
        String head = git.tip("main");
        Ledger.ENVIRONMENTS.forEach(each -> add(each, head));
    }

    /** Takes a new head of a proposal, and reports after a while what it would change. */
    void proposed(String environment, String head) {
        if (Ledger.ENVIRONMENTS.contains(environment)) {
            agenda.after(
                    USUAL,
                    () -> plans.post(
                            new EnvironmentName(environment),
                            new CommitId(head),
                            CommitStatus.State.SUCCESS,
                            "+1 instance",
                            Optional.empty()));
        }
    }

    /** Takes a push to the ledger's branch. */
    void pushed(String before, String after) {
        for (String environment : Ledger.ENVIRONMENTS) {
            String path = Ledger.path(environment);
            if (!git.file(before, path).equals(git.file(after, path))) {
                add(environment, after);
            }
        }
    }

    private void add(String environment, String commit) {
        Run run = new Run(++runs, environment, commit);
        queue.add(run);
        if (!isHeld) {
            startLater(run);
        }
    }

    private void startLater(Run run) {
        agenda.after(USUAL, () -> start(run));
    }

    private void start(Run run) {
        if (isHeld || !queue.remove(run)) {
            return;
        }
        Optional<Trouble> trouble = Optional.ofNullable(troubles.poll());
        if (trouble.filter(Trouble.DROPPED::equals).isPresent()) {
            return;
        }
        report(run, CommitStatus.State.PENDING, "running", trouble);
        if (trouble.filter(Trouble.FAILED::equals).isPresent()) {
            report(run, CommitStatus.State.FAILURE, "the provider did not answer", trouble);
            return;
        }
        agenda.after(USUAL, () -> apply(run, trouble));
    }

    private void apply(Run run, Optional<Trouble> trouble) {
        String head = git.tip("main");
        FileValues file =
                FileValues.of(git.file(head, Ledger.path(run.environment())).orElse(""));
        Instant now = clock.instant();
        boolean isWanted = file.isOpen() && file.end().filter(now::isBefore).isPresent();
        Optional<String> request = isWanted ? request(run.environment(), head) : Optional.empty();
        instances.madeByCi(run.environment()).stream()
                .filter(each -> !isWanted || !each.request().equals(request))
                .forEach(each -> instances.terminate(each.id()));
        boolean isThere = instances.madeByCi(run.environment()).stream()
                .anyMatch(each -> each.request().equals(request) && !each.isLeaving(now));
        if (isWanted && !isThere) {
            instances.create(run.environment(), request, file.end());
        }
        report(run, CommitStatus.State.SUCCESS, "applied", trouble);
    }

    /** The request that the instance's tag names: of the last commit that changed the file, if it is about the environment. */
    private Optional<String> request(String environment, String head) {
        String path = Ledger.path(environment);
        return git.newest(head, entry -> hasChanged(path, entry))
                .filter(entry -> entry.trailer("Bastion-Environment")
                        .filter(environment::equals)
                        .isPresent())
                .flatMap(entry -> entry.trailer("Bastion-Request-Id"))
                .filter(id -> id.matches("[0-9A-HJKMNP-TV-Z]{14,26}"));
    }

    private boolean hasChanged(String path, GitHistory.Entry entry) {
        Optional<String> before = entry.parents().stream().findFirst().flatMap(parent -> git.file(parent, path));
        return !git.file(entry.id(), path).equals(before);
    }

    private void report(Run run, CommitStatus.State state, String text, Optional<Trouble> trouble) {
        if (trouble.filter(Trouble.SILENT::equals).isEmpty()) {
            applies.post(
                    new EnvironmentName(run.environment()), new CommitId(run.commit()), state, text, Optional.empty());
        }
    }
}
