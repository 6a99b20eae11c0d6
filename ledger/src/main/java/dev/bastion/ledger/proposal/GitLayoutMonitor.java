package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.port.LayoutMonitor;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.layout.Layout;
import dev.bastion.layout.Lookalikes;
import dev.bastion.layout.NameProblems;
import dev.bastion.layout.ResourceNames;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import dev.bastion.ledger.history.EnvironmentRecord;
import dev.bastion.ledger.history.LedgerState;
import dev.bastion.ledger.write.LedgerBranch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The observer of the default branch's layout. It reads in the clone of the proposals, so that no reversion waits for it, and
 * reads again only the files that changed since.
 */
public final class GitLayoutMonitor implements LayoutMonitor {
    /** The most problems that are named. */
    private static final int MOST = 50;

    private static final String TOO_MANY = "it may hide a bastion, because it has more files than the service reads";

    private final LedgerBranch branch;
    private final ProposalClone clone;
    private @Nullable Scan last;

    /**
     * @param reasons why each file looks like a bastion, by path
     * @param explosion the problem of a tree with more than is read, which keeps the commit that it was found at
     */
    private record Scan(
            CommitId head,
            Layout layout,
            Map<String, String> reasons,
            List<LayoutProblem> problems,
            Optional<LayoutProblem> explosion) {}

    public GitLayoutMonitor(LedgerBranch branch, ProposalClone clone) {
        this.branch = branch;
        this.clone = clone;
    }

    @Override
    public synchronized List<LayoutProblem> look() {
        LedgerState state = branch.state();
        Scan before = last;
        if (before != null && before.head().equals(state.head())) {
            return before.problems();
        }
        Scan now = clone.read(commits -> scan(commits, state, before));
        last = now;
        return now.problems();
    }

    private static Scan scan(CommitReader commits, LedgerState state, @Nullable Scan before) {
        Optional<Scan> known = Optional.ofNullable(before)
                .filter(scan -> scan.layout().equals(state.layout()) && commits.has(scan.head()))
                .filter(scan -> scan.explosion().isEmpty());
        Map<String, String> reasons = new TreeMap<>(known.map(Scan::reasons).orElse(Map.of()));
        Optional<CommitId> since = known.map(Scan::head);
        Lookalikes lookalikes = new Lookalikes(state.layout());
        Map<String, LayoutProblem> same = new HashMap<>();
        known.ifPresent(scan -> scan.problems().forEach(problem -> same.put(problem.path(), problem)));
        for (FileVersion file : commits.changes(since, state.head(), "")) {
            reasons.remove(file.path());
            same.remove(file.path());
            file.blob()
                    .filter(_ -> lookalikes.isCandidate(file.path()))
                    .flatMap(blob -> lookalikes.reason(file.path(), commits.content(blob)))
                    .ifPresent(reason -> reasons.put(file.path(), reason + ", and no pattern of ledger.yaml names it"));
        }
        Map<String, String> all = new TreeMap<>(reasons);
        all.putAll(collisions(state));
        all.putAll(aliases(state));
        all.putAll(twins(commits, state));
        all.putAll(slots(state));
        List<LayoutProblem> problems = new ArrayList<>();
        Optional<LayoutProblem> explosion = explosion(commits, state, before);
        explosion.ifPresent(problems::add);
        problems.addAll(problems(commits, state.head(), all, same));
        return new Scan(state.head(), state.layout(), Map.copyOf(reasons), List.copyOf(problems), explosion);
    }

    private static Optional<LayoutProblem> explosion(CommitReader commits, LedgerState state, @Nullable Scan before) {
        if (!commits.isTruncated() && !state.isFull()) {
            return Optional.empty();
        }
        return Optional.ofNullable(before).flatMap(Scan::explosion).or(() -> {
            Commit head = commits.commit(state.head());
            String directory = state.layout().directory();
            return Optional.of(new LayoutProblem(
                    LayoutProblem.Kind.LOOKALIKE,
                    directory.isEmpty() ? "." : directory,
                    TOO_MANY,
                    head.id(),
                    head.authorName()));
        });
    }

    /** The slots that have no file, as a problem of the file that names them. */
    private static Map<String, String> slots(LedgerState state) {
        List<String> problems =
                NameProblems.slotsWithoutFile(state.layout(), state.snapshot().environments());
        return problems.isEmpty() ? Map.of() : Map.of(Layout.FILE, String.join("; ", problems));
    }

    /** The environments whose resources would have the names of those of one before them. */
    private static Map<String, String> collisions(LedgerState state) {
        Map<String, String> found = new TreeMap<>();
        ResourceNames.shared(state.snapshot().environments()).forEach((environment, other) -> {
            EnvironmentRecord record = state.records().get(environment);
            EnvironmentRecord of = state.records().get(other);
            if (record != null && of != null && other.compareTo(environment) < 0) {
                found.put(record.path(), ResourceNames.problem(other, of.path()));
            }
        });
        return found;
    }

    /** The environments whose name is also an alias of another one. */
    private static Map<String, String> aliases(LedgerState state) {
        Map<String, String> found = new TreeMap<>();
        state.layout().aliases().clashes(state.snapshot().environments()).values().stream()
                .flatMap(environment -> Optional.ofNullable(state.records().get(environment)).stream())
                .forEach(record -> NameProblems.aliasProblem(record.environment(), state.layout())
                        .ifPresent(problem -> found.put(record.path(), problem)));
        return found;
    }

    /** @param same the problems of before, by the paths of files that did not change since */
    private static List<LayoutProblem> problems(
            CommitReader commits, CommitId head, Map<String, String> all, Map<String, LayoutProblem> same) {
        Set<String> paths = all.keySet().stream().limit(MOST).collect(Collectors.toSet());
        Set<String> unknown =
                paths.stream().filter(path -> !same.containsKey(path)).collect(Collectors.toSet());
        Map<String, Commit> last = commits.lastChangesOf(unknown, "", head);
        List<LayoutProblem> problems = new ArrayList<>();
        all.forEach((path, what) -> {
            Commit commit = last.get(path);
            LayoutProblem before = same.get(path);
            if (commit != null) {
                problems.add(problem(path, what, commit.id(), commit.authorName()));
            } else if (before != null && paths.contains(path)) {
                problems.add(problem(path, what, before.commit(), before.by()));
            }
        });
        return problems;
    }

    /** The files that have the name of another's environment. */
    private static Map<String, String> twins(CommitReader commits, LedgerState state) {
        Map<String, String> found = new TreeMap<>();
        Predicate<String> exists = path -> commits.file(state.head(), path).isPresent();
        state.records().keySet().stream()
                .flatMap(environment -> state.layout().filesOf(environment).stream())
                .filter(path -> state.layout().isNamed(path) && exists.test(path))
                .forEach(path -> state.layout()
                        .twinOf(path, exists)
                        .filter(other -> other.compareTo(path) < 0)
                        .ifPresent(other -> found.put(path, ResourceNames.twinProblem(other))));
        return found;
    }

    private static LayoutProblem problem(String path, String what, CommitId commit, String by) {
        LayoutProblem.Kind kind = path.equals(Layout.FILE) ? LayoutProblem.Kind.SLOTS : LayoutProblem.Kind.LOOKALIKE;
        return new LayoutProblem(kind, path, what, commit, by);
    }
}
