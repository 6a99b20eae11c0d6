package dev.bastion.apply;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.ChangedEnvironments.Changed;
import dev.bastion.apply.ChangedEnvironments.Changes;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.apply.source.GitRepository;
import dev.bastion.apply.source.GitTree;
import dev.bastion.apply.source.LayoutSource;
import dev.bastion.apply.source.SourceSelection;
import dev.bastion.layout.Layout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The environments that a run must apply: those that its range of commits changes, whatever has been reported, and those that
 * no report says are applied, because the run of their push was superseded, was stopped or failed.
 */
public final class DueEnvironments {
    private static final int MOST_COMMITS = 1_000;
    /** How far back reports are looked for. Each commit costs a request, and a run that ends leaves one to stop at. */
    private static final int MOST_COMMITS_WITH_REPORTS = 50;

    private final GitRepository repository;
    private final LayoutSource source;
    private final ChangedEnvironments changed;
    private final Optional<ApplyReports> reports;

    DueEnvironments(
            GitRepository repository,
            LayoutSource source,
            ChangedEnvironments changed,
            Optional<ApplyReports> reports) {
        this.repository = repository;
        this.source = source;
        this.changed = changed;
        this.reports = reports;
    }

    /**
     * The answer.
     *
     * @param head the commit that is applied
     * @param closings the environments that are to be closed
     * @param openings the environments whose files ask for a bastion
     * @param notes sentences for people
     * @param newest the newest commit up to {@code head} that changed an environment, where a run reports its end; empty when
     *     reports could not be read, so that this run cannot know whether it applies everything
     * @param isWhole whether every commit could be read; otherwise a note names those that could not
     */
    public record Due(
            String head,
            List<Changed> closings,
            List<Changed> openings,
            List<String> notes,
            Optional<String> newest,
            boolean isWhole) {
        public Due {
            closings = List.copyOf(closings);
            openings = List.copyOf(openings);
            notes = List.copyOf(notes);
        }

        /** All the environments, the closings first. */
        public List<Changed> all() {
            return Stream.concat(closings.stream(), openings.stream()).toList();
        }

        /** One line for people: the commit, and the names of all. */
        public String line() {
            String names =
                    all().stream().map(each -> each.environment().value()).collect(Collectors.joining(", "));
            return "commit " + head.substring(0, 12) + ", to apply: " + (names.isEmpty() ? "nothing" : names);
        }
    }

    /**
     * Finds them.
     *
     * @param head the commit that is applied
     * @param old the old end of the range; a revision that is no commit of the clone stands for an unknown one
     */
    public Due at(String head, String old, Instant now) {
        Search search = new Search(head, now);
        Optional<String> known = repository.findCommit(old);
        known.ifPresent(search::addRange);
        search.addUnreported(known.isPresent());
        return search.result();
    }

    /**
     * What was pushed while a run worked: what the commits after another one changed, whatever is reported. So a run does not
     * try again what failed in it.
     *
     * @param old the commit up to which the run knows what is due
     * @param head the branch's head now
     */
    public Due since(String old, String head, Instant now) {
        Search search = new Search(head, now);
        search.addRange(old);
        return search.result();
    }

    /** Only the environment of this name or alias; empty where there is none. */
    public Due only(EnvironmentName typed, String head, Instant now) {
        Changes all = changed.in(head);
        EnvironmentName environment = changed.named(typed, head);
        List<Changed> named = all.all().stream()
                .filter(each -> each.environment().equals(environment))
                .toList();
        return new Search(head, now).split(named, List.of(), Optional.empty());
    }

    private final class Search {
        private final GitTree tree;
        private final Instant now;
        private final Layout layout;
        private final List<String> paths;
        private final SourceSelection selection;
        private final TreeSet<String> due = new TreeSet<>();
        private final List<String> notes = new ArrayList<>();
        private boolean areReportsRead = reports.isPresent();
        private boolean isWhole = true;

        Search(String head, Instant now) {
            this.tree = repository.tree(head);
            this.now = now;
            this.layout = source.of(repository, head);
            this.selection = new SourceSelection(repository, head, layout);
            this.paths = layout.directory().isEmpty() ? List.of(".") : List.of(layout.directory(), Layout.FILE);
        }

        /**
         * Adds what any commit of the range changed, and what differs between its ends. The first alone would miss the commits
         * that a rewritten branch lost, the second an environment that was opened and closed.
         */
        void addRange(String old) {
            addFrom(old + ".." + tree.commit());
            List<String> commits = repository.changesSince(old, tree.commit(), MOST_COMMITS, paths);
            commits.forEach(commit -> due.addAll(directoriesOf(commit)));
            if (commits.size() == MOST_COMMITS) {
                addAll(Set.of());
            }
        }

        /**
         * Adds what no report says is applied, back to the commit at which a run ended. Where none ended, everything counts.
         */
        void addUnreported(boolean isRangeKnown) {
            if (reports.isEmpty() && isRangeKnown) {
                return;
            }
            Set<String> seen = new HashSet<>();
            int count = 0;
            for (String commit : repository.changesOf(tree.commit(), MOST_COMMITS, paths)) {
                boolean isReported = count++ < MOST_COMMITS_WITH_REPORTS;
                if (!isReported && isRangeKnown && !areReportsRead) {
                    return; // the next run, which may read them, finds the rest
                }
                ApplyReports.OnCommit report = isReported ? reportsOn(commit) : ApplyReports.OnCommit.NOTHING;
                if (report.isEnd()) {
                    addFailed(report);
                    return;
                }
                directoriesOf(commit).stream()
                        .filter(seen::add)
                        .filter(directory -> !report.applied().contains(nameOf(directory)))
                        .forEach(this::addUnreported);
            }
            if (count == MOST_COMMITS) {
                addAll(seen);
            }
        }

        private ApplyReports.OnCommit reportsOn(String commit) {
            if (!areReportsRead) {
                return ApplyReports.OnCommit.NOTHING;
            }
            try {
                return reports.map(each -> each.on(commit)).orElse(ApplyReports.OnCommit.NOTHING);
            } catch (ObservationFailed e) {
                areReportsRead = false;
                notes.add("The reports of earlier runs could not be read (" + e.getMessage()
                        + "), so this run also applies what changed in the last commits.");
                return ApplyReports.OnCommit.NOTHING;
            }
        }

        private void addFailed(ApplyReports.OnCommit report) {
            report.failed().stream()
                    .flatMap(name -> EnvironmentName.parse(name).stream())
                    .map(environment -> layout.fileOf(environment, tree::has))
                    .map(file -> file.substring(0, file.lastIndexOf('/')))
                    .forEach(this::addUnreported);
        }

        /** One that is gone, and that no commit had in a form to close it from, would fail every run from now on. */
        private void addUnreported(String directory) {
            if (selection.isAppliable(directory)) {
                due.add(directory);
            }
        }

        private void addAll(Set<String> others) {
            SequencedSet<String> before = new TreeSet<>(due);
            addFrom(tree.commit());
            due.removeIf(directory -> others.contains(directory) && !before.contains(directory));
        }

        private void addFrom(String range) {
            try {
                Changes changes = changed.in(range);
                notes.addAll(changes.notes());
                changes.all().forEach(each -> due.add(each.directory()));
            } catch (StepFailed e) {
                unreadable(range, e);
            }
        }

        /** A commit made to be unreadable must not keep what others changed from being applied. */
        private Set<String> directoriesOf(String commit) {
            try {
                return changed.directoriesOf(commit, layout);
            } catch (StepFailed e) {
                unreadable(commit, e);
                return Set.of();
            }
        }

        private void unreadable(String what, StepFailed e) {
            isWhole = false;
            notes.add("What " + what + " changed cannot be read (" + e.getMessage()
                    + "), so environments that it changed are not applied. Apply them by name.");
        }

        private String nameOf(String directory) {
            return layout.environmentAt(layout.fileIn(directory, tree::has))
                    .map(EnvironmentName::value)
                    .orElse("");
        }

        Due result() {
            Changes changes = changed.of(due, tree, layout);
            List<String> all = Stream.concat(changes.notes().stream(), notes.stream())
                    .distinct()
                    .toList();
            Optional<String> newest = repository.changesOf(tree.commit(), 1, paths).stream()
                    .findFirst()
                    .filter(_ -> areReportsRead);
            return split(changes.all(), all, newest);
        }

        Due split(List<Changed> environments, List<String> said, Optional<String> newest) {
            Map<Boolean, List<Changed>> byOpening = environments.stream()
                    .collect(Collectors.partitioningBy(each -> selection.asksToOpen(tree, each.directory(), now)));
            return new Due(
                    tree.commit(),
                    byOpening.getOrDefault(false, List.of()),
                    byOpening.getOrDefault(true, List.of()),
                    said,
                    newest,
                    isWhole);
        }
    }
}
