package dev.bastion.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.bastion.simulation.HistoryQueue.History;
import dev.bastion.simulation.HistoryQueue.Played;
import dev.bastion.simulation.Simulation.Result;
import dev.bastion.simulation.service.Parts;
import dev.bastion.simulation.world.World;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code simulate}. Exit codes: 0 every rule held, 1 one did not, 2 usage. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description =
                "Plays operations from a seed against the service, with simulated time and platforms, and checks what"
                        + " must hold after each. A failure is shrunk to the shortest history that it finds.")
final class SimulateCommand implements Callable<Integer> {
    private static final List<Long> FIXED_SEEDS = List.of(1L, 2L, 3L, 4L);
    private static final int SHRINKING = 150;

    private final PrintStream out;
    private final InstantSource clock;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description =
                    "The seed of the first history; the next ones follow it. Default: a new one, which is printed.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--operations",
            paramLabel = "COUNT",
            description = "How many operations to play (default: ${DEFAULT-VALUE}).")
    private int operations = 1_000;

    @Option(
            names = "--length",
            paramLabel = "COUNT",
            description = "How many operations one history has; then a new world begins (default: ${DEFAULT-VALUE}).")
    private int length = 250;

    @Option(
            names = "--only",
            paramLabel = "NUMBER",
            split = ",",
            description = "Of the one history, play only the operations with these numbers, as a failure prints them.")
    private Set<Integer> only = new HashSet<>();

    @Option(
            names = "--fixed",
            description = "Play seeds 1 to 4 before the others, as verify does. They count among --operations.")
    private boolean fixed;

    @Option(
            names = "--hours",
            paramLabel = "HOURS",
            description = "Go on with new seeds for so long, whatever --operations says.")
    private Optional<Double> hours = Optional.empty();

    @Option(
            names = "--pushes",
            description = "Let git, GitHub and Slack go over HTTP; without it everything stays in memory.")
    private boolean pushes;

    @Option(
            names = "--workers",
            paramLabel = "COUNT",
            description = "How many histories are played at once (default: one for each processor; one with --log or"
                    + " --pushes).")
    private Optional<Integer> workers = Optional.empty();

    @Option(names = "--log", description = "Print the service's log.")
    private boolean log;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Instant start = Instant.EPOCH;
    private long next;
    /** How many histories have begun, and how many operations they have. */
    private int begun;

    private int planned;

    SimulateCommand(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        requirePositiveCounts();
        if (!log && LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.OFF);
        }
        Simulation simulation = new Simulation(memory(), World.USUAL_PORT, Parts.SOUND, pushes);
        start = clock.instant();
        next = seed.orElseGet(() -> start.toEpochMilli());
        int played = 0;
        try (HistoryQueue queue = new HistoryQueue(simulation, workers())) {
            Optional<Played> oldest = fillAndTake(queue);
            for (; oldest.isPresent(); oldest = fillAndTake(queue)) {
                Played done = oldest.get();
                print(done);
                if (done.result().violation().isPresent()) {
                    explain(simulation, done.history(), done.result());
                    return 1;
                }
                played += done.result().operations();
            }
        }
        Duration took = Duration.between(start, clock.instant());
        out.printf(
                Locale.ROOT,
                "Every rule held: %d operations in %d s, %.1f a second.%n",
                played,
                took.toSeconds(),
                played * 1000.0 / Math.max(1, took.toMillis()));
        return 0;
    }

    private void requirePositiveCounts() {
        if (operations < 1 || length < 1 || workers.filter(count -> count < 1).isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--operations, --length and --workers must each be at least 1");
        }
    }

    /** Over HTTP all worlds have the same port, and the logs of several histories cannot be told apart. */
    private int workers() {
        return pushes || log ? 1 : workers.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }

    private Optional<Played> fillAndTake(HistoryQueue queue) {
        while (queue.hasRoom() && isToGoOn()) {
            queue.add(nextHistory());
        }
        return queue.take();
    }

    private History nextHistory() {
        boolean isFixed = fixed && begun < FIXED_SEEDS.size();
        long from = isFixed ? FIXED_SEEDS.get(begun) : next++;
        int count = isFixed || hours.isPresent() ? length : Math.min(length, operations - planned);
        begun++;
        planned += count;
        return new History(
                from,
                count,
                Operation.of(from, count).stream()
                        .filter(operation -> only.isEmpty() || only.contains(operation.number()))
                        .toList());
    }

    private boolean isToGoOn() {
        if (!only.isEmpty()) {
            return begun == 0;
        }
        if (fixed && begun < FIXED_SEEDS.size()) {
            return true;
        }
        return hours.map(most -> clock.instant().isBefore(start.plusSeconds((long) (most * 3600))))
                .orElse(planned < operations);
    }

    /** A file system in memory, where there is one. */
    private static Path memory() {
        Path shared = Path.of("/dev/shm");
        return Files.isWritable(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir", "."));
    }

    private void print(Played played) {
        Result result = played.result();
        out.printf(
                "seed %d: %d operations, %d commits, %d requests, %d kills, %s of simulated time, head %s%n",
                played.history().seed(),
                result.operations(),
                result.entries(),
                result.requests(),
                result.kills(),
                result.simulated(),
                result.head().substring(0, 12));
        out.flush();
    }

    private void explain(Simulation simulation, History history, Result result) {
        List<Operation> all = history.operations();
        String where = result.at().map(at -> "after operation " + at).orElse("at the end");
        out.println("A rule did not hold " + where + ". "
                + result.violation().orElseThrow().getMessage());
        String repeat = "./bastion simulate --seed " + history.seed() + " --operations " + history.count()
                + " --length " + history.count() + (pushes ? " --pushes" : "");
        out.println("Repeat it: " + repeat);
        out.println("Looking for the shortest history that fails in the same way …");
        out.flush();
        List<Operation> until =
                result.at().map(at -> all.subList(0, all.indexOf(at) + 1)).orElse(all);
        Shrinker shrinker =
                new Shrinker(result.at().isPresent() ? simulation::playUnrested : simulation::play, SHRINKING);
        List<Operation> shortest =
                shrinker.shrink(until, result.violation().orElseThrow().rule());
        out.println("The shortest of " + shrinker.histories() + ":");
        shortest.forEach(operation -> out.println("  " + operation));
        String numbers = shortest.stream()
                .map(operation -> String.valueOf(operation.number()))
                .collect(Collectors.joining(","));
        out.println("Replay it: " + repeat + " --only " + numbers + " --log");
    }
}
