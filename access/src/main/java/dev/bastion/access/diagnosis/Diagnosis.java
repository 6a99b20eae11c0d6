package dev.bastion.access.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The findings about an installation, by area.
 *
 * @param findings those of the same area follow one another, in the order in which they were found
 * @param incomplete the areas whose check failed or took too long
 */
public record Diagnosis(List<Finding> findings, Set<Area> incomplete) {
    /** Nothing was looked at. */
    public static final Diagnosis EMPTY = new Diagnosis(List.of(), Set.of());

    private static final int LONGEST_REASON = 400;

    public Diagnosis {
        findings = findings.stream().sorted(Comparator.comparing(Finding::area)).toList();
        incomplete = Set.copyOf(incomplete);
    }

    /**
     * Runs the checks at the same time and throws nothing: a check that fails, or takes longer than the limit, is one finding
     * UNKNOWN beside what it found before.
     *
     * @param limit how long one check may take
     */
    public static Diagnosis of(List<InstallationCheck> checks, Duration limit) {
        return of(checks, limit, checks.size());
    }

    /**
     * The same with fewer threads.
     *
     * @param limit how long all of them together may take
     * @param mostAtOnce how many run at the same time
     */
    public static Diagnosis of(List<InstallationCheck> checks, Duration limit, int mostAtOnce) {
        List<Findings> found = checks.stream().map(_ -> new Findings()).toList();
        List<Callable<Findings>> calls = IntStream.range(0, checks.size())
                .<Callable<Findings>>mapToObj(at -> () -> examine(checks.get(at), found.get(at)))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.max(1, mostAtOnce), Thread.ofVirtual().factory());
        try {
            return collected(checks, found, threads.invokeAll(calls, limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return EMPTY;
        } finally {
            threads.shutdownNow(); // a check that hangs is left behind: nothing waits for it
        }
    }

    private static Findings examine(InstallationCheck check, Findings found) {
        check.examine(found);
        return found;
    }

    private static Diagnosis collected(
            List<InstallationCheck> checks, List<Findings> found, List<Future<Findings>> ended) {
        List<Finding> all = new ArrayList<>();
        Set<String> down = new HashSet<>();
        Set<Area> incomplete = EnumSet.noneOf(Area.class);
        for (int at = 0; at < checks.size(); at++) {
            InstallationCheck check = checks.get(at);
            all.addAll(found.get(at).all());
            Optional<String> failure = failure(ended.get(at));
            failure.ifPresent(_ -> incomplete.add(check.area()));
            failure.filter(_ -> down.add(check.system())).ifPresent(reason -> all.add(unknown(check, reason)));
        }
        return new Diagnosis(all, incomplete);
    }

    private static Finding unknown(InstallationCheck check, String failure) {
        return Finding.unknown(
                check.area(),
                check.system(),
                "could not be checked: " + failure,
                "look whether " + check.system() + " can be reached from here, then run bastion doctor again");
    }

    /** Why the check did not end by itself. */
    private static Optional<String> failure(Future<Findings> check) {
        return switch (check.state()) {
            case SUCCESS -> Optional.empty();
            case FAILED -> Optional.of(reason(check.exceptionNow()));
            case RUNNING, CANCELLED -> Optional.of("it did not answer in time");
        };
    }

    private static String reason(Throwable failure) {
        if (failure instanceof OutOfMemoryError fatal) {
            throw fatal;
        }
        String message = failure.getMessage() == null || failure.getMessage().isBlank()
                ? failure.getClass().getSimpleName()
                : failure.getMessage();
        String line = message.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }

    public List<Finding> with(Finding.Status status) {
        return findings.stream().filter(finding -> finding.is(status)).toList();
    }

    public long count(Area area, Finding.Status status) {
        return findings.stream()
                .filter(finding -> finding.area() == area && finding.is(status))
                .count();
    }

    /** Whether there is a problem; a warning is none. */
    public boolean hasProblem() {
        return !with(Finding.Status.PROBLEM).isEmpty();
    }

    /** Whether a check could not look, so that there may be problems that are not listed. */
    public boolean isIncomplete() {
        return !incomplete.isEmpty();
    }

    /**
     * This diagnosis with what an earlier one found in the areas that could not be looked at now: nobody has seen that it was
     * repaired.
     */
    public Diagnosis after(Diagnosis earlier) {
        List<Finding> all = new ArrayList<>(findings);
        earlier.findings().stream()
                .filter(Finding::needsAttention)
                .filter(finding -> isUnseen(finding.area()) && !findings.contains(finding))
                .forEach(all::add);
        return new Diagnosis(all, incomplete);
    }

    /** Whether nothing is known of the area now; CI is looked at only where GitHub answers. */
    private boolean isUnseen(Area area) {
        return incomplete.contains(area) || findings.stream().noneMatch(finding -> finding.area() == area);
    }
}
