package dev.bastion.simulation;

import dev.bastion.simulation.model.Answers;
import dev.bastion.simulation.model.Conditions;
import dev.bastion.simulation.model.LedgerModel;
import dev.bastion.simulation.model.SlackModel;
import dev.bastion.simulation.model.Violation;
import dev.bastion.simulation.model.Violation.Rule;
import dev.bastion.simulation.service.Parts;
import dev.bastion.simulation.world.FileValues;
import dev.bastion.simulation.world.Instances;
import dev.bastion.simulation.world.Ledger;
import dev.bastion.simulation.world.World;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One history: a new world, a list of operations, and what must hold after each of them and at the end. */
public final class Simulation {
    /** How long the world is left alone after the last operation. */
    private static final Duration QUIET = Duration.ofMinutes(100);
    /** Slack's messages are many; they are checked after so many operations. */
    private static final int BETWEEN_MESSAGES = 10;

    /**
     * How long CI, AWS and Slack take, all together, to follow the last change of the ledger: the service terminates an instance
     * that stays 20 minutes after the end of its grant ({@code grace.termination}).
     */
    private static final Duration SETTLES = Duration.ofMinutes(25);
    /** Four environments end at most four grants that were open when the quiet began; after them nothing changes. */
    private static final int MOST_WAITS = 8;

    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private final Path parent;
    private final int port;
    private final Parts parts;
    private final boolean isOverHttp;

    /**
     * @param parent a directory for the worlds; memory is fastest
     * @param port of GitHub, or 0 for a free one, with which no two histories have the same commits
     * @param isOverHttp whether git, GitHub and Slack go over HTTP, and not through memory
     */
    public Simulation(Path parent, int port, Parts parts, boolean isOverHttp) {
        this.isOverHttp = isOverHttp;
        this.parent = parent;
        this.port = port;
        this.parts = parts;
    }

    /**
     * What became of a history.
     *
     * @param violation what did not hold
     * @param at the operation after which it was seen; empty for the end
     * @param head the ledger's last commit, which names all before it
     */
    public record Result(
            Optional<Violation> violation,
            Optional<Operation> at,
            String head,
            int operations,
            int entries,
            int requests,
            int kills,
            Duration simulated) {}

    /** Plays the operations, and lets the world come to rest if they leave it whole. */
    public Result play(List<Operation> operations) {
        return play(operations, true);
    }

    /** Plays the operations alone. */
    public Result playUnrested(List<Operation> operations) {
        return play(operations, false);
    }

    private Result play(List<Operation> operations, boolean isRested) {
        Path folder = newFolder();
        try (World world = new World(folder, port, isOverHttp)) {
            return new Course(world).play(operations, isRested);
        } finally {
            delete(folder);
        }
    }

    private Path newFolder() {
        try {
            return Files.createTempDirectory(parent, "bastion-simulation");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Course {
        private final World world;
        private final Machine machine;
        private final Answers answers = new Answers();
        private final Player player;
        private final Hands hands;
        private final Troubles troubles;
        private final LedgerModel ledger;
        private final SlackModel messages;
        private Instant githubUpSince = Instant.MIN;

        private Course(World world) {
            this.world = world;
            this.machine = new Machine(world, parts);
            this.player = new Player(machine, answers);
            this.hands = new Hands(world);
            this.troubles = new Troubles(world, machine);
            this.ledger = new LedgerModel(world, answers);
            this.messages = new SlackModel(world, ledger);
        }

        private Result play(List<Operation> operations, boolean isRested) {
            Instant start = world.clock().instant();
            Optional<Operation> at = Optional.empty();
            Optional<Violation> violation = Optional.empty();
            int done = 0;
            try {
                machine.start();
                advance(WARM_UP);
                for (Operation operation : operations) {
                    at = Optional.of(operation);
                    done++;
                    machine.attempt(() -> play(operation));
                    check(done % BETWEEN_MESSAGES == 0);
                }
                check(true);
                at = Optional.empty();
                if (isRested) {
                    comeToRest();
                }
            } catch (Violation e) {
                violation = Optional.of(e);
            } catch (RuntimeException e) {
                violation = Optional.of(new Violation(Rule.NO_UNEXPECTED_FAILURE, trace(e)));
            } finally {
                machine.close();
            }
            return new Result(
                    violation,
                    at,
                    world.git().tip("main"),
                    done,
                    ledger.entries(),
                    answers.requests(),
                    machine.kills(),
                    Duration.between(start, world.clock().instant()));
        }

        private static String trace(Throwable e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            return text.toString();
        }

        private void advance(Duration time) {
            world.advance(time, machine::attempt);
        }

        private void check(boolean isOfMessages) {
            world.takeUnexpected().ifPresent(failure -> {
                throw new Violation(Rule.NO_UNEXPECTED_FAILURE, trace(failure));
            });
            Conditions conditions = conditions();
            ledger.check(conditions);
            if (isOfMessages) {
                messages.check(conditions);
            }
        }

        private Conditions conditions() {
            return new Conditions(machine.upSince(), troubles.gitUpSince(), githubUpSince, troubles.slackUpSince());
        }

        private void play(Operation operation) {
            Dice dice = new Dice(operation);
            switch (operation.kind()) {
                case WAIT_SECONDS -> wait(dice.seconds(1, 30));
                case WAIT_MINUTES -> wait(dice.seconds(60, 900));
                case WAIT_HOUR -> wait(Duration.ofHours(1));
                case REQUEST -> player.request(operation, dice);
                case REQUEST_AGAIN -> player.requestAgain();
                case EXTEND -> player.extend(operation, dice);
                case END -> player.end(dice);
                case WITHDRAW -> player.withdraw(dice);
                case APPROVE_ON_GITHUB -> hands.approve(dice);
                case DENY_ON_GITHUB -> hands.deny(dice);
                case DECIDE_IN_SLACK -> player.decideInSlack(dice);
                case APPROVE_RETROACTIVELY -> player.approveRetroactively(dice);
                case OPEN_BY_HAND -> hands.open(dice);
                case CLOSE_BY_HAND -> hands.close(dice);
                case GARBLE_BY_HAND -> hands.garble(dice);
                case REPAIR_BY_HAND -> hands.repair();
                case EDIT_BESIDE -> hands.editBeside(dice);
                case FORGE_ENTRY -> hands.forge(dice);
                case CHANGE_POLICY -> hands.changePolicy(dice);
                case ALTER_PROPOSAL -> hands.alter(dice);
                case OPEN_PULL_REQUEST -> hands.openPullRequest(dice);
                case MERGE_PULL_REQUEST -> hands.merge(dice);
                case REWRITE_HISTORY -> hands.rewrite(dice);
                case RACE -> world.gate().beforeNextWrite(() -> hands.editBeside(dice));
                case LOSE_PUSH_ANSWER -> world.server().faults().loseAcknowledgements(1);
                case GIT_DOWN -> troubles.git(true);
                case GIT_UP -> troubles.git(false);
                case GITHUB_DOWN -> github(true);
                case GITHUB_UP -> github(false);
                case GITHUB_FAILS -> world.faults().failNext(dice.between(1, 3));
                case GITHUB_ANSWER_LOST -> world.faults().loseAnswers(dice.between(1, 2));
                case GITHUB_BASE_MODIFIED -> world.server().faults().modifyBase(dice.between(1, 5));
                case SLACK_DOWN -> troubles.slack(true);
                case SLACK_UP -> troubles.slack(false);
                case SLACK_ANSWER_LOST -> troubles.loseSlackAnswer(dice);
                case SLACK_REFUSES -> troubles.slackRefuses(dice);
                case AWS_DOWN -> world.instances().down(true);
                case AWS_UP -> world.instances().down(false);
                case HOLD_CI -> world.ci().hold(true);
                case RELEASE_CI -> world.ci().hold(false);
                case REORDER_CI -> world.ci().reorder();
                case CI_TROUBLE -> troubles.ci(dice);
                case SLOW_INSTANCE -> troubles.slowInstance(dice);
                case LOSE_INSTANCE -> world.instances().loseNext();
                case STRAY_INSTANCE -> troubles.stray(dice);
                case KILL -> machine.killAfter(dice.between(1, 60), dice.seconds(1, 300));
                case LOSE_CLONE -> machine.loseClone();
                case CLOCK_JUMPS -> troubles.clock(Duration.ofSeconds(dice.between(-40, 40)));
                case CLOCK_RIGHT -> troubles.clock(Duration.ZERO);
            }
        }

        private void github(boolean isDown) {
            if (world.faults().isDown() && !isDown) {
                githubUpSince = world.clock().instant();
            } else if (isDown) {
                githubUpSince = Instant.MAX;
            }
            world.faults().down(isDown);
        }

        /** Waits in steps, so that what does not hold in between is seen. */
        private void wait(Duration time) {
            Duration left = time;
            while (left.isPositive()) {
                Duration step = left.compareTo(STEP) < 0 ? left : STEP;
                advance(step);
                check(false);
                left = left.minus(step);
            }
        }

        private void comeToRest() {
            troubles.end();
            github(false);
            world.gate().killAfter(0);
            hands.repair();
            hands.restorePolicy();
            Duration left = QUIET;
            while (left.isPositive()) {
                world.ci().applyAll();
                wait(Duration.ofMinutes(10));
                hands.repair();
                left = left.minusMinutes(10);
            }
            letChangesSettle();
            check(true);
            messages.checkAtTheEnd();
            checkInstances();
        }

        /** A grant whose end came in the last minutes still needs CI and AWS before everything shows it. */
        private void letChangesSettle() {
            for (int waits = 0; waits < MOST_WAITS; waits++) {
                Instant settled = ledger.changedAt().plus(SETTLES);
                if (!settled.isAfter(world.clock().instant())) {
                    return;
                }
                world.ci().applyAll();
                wait(Duration.between(world.clock().instant(), settled));
            }
        }

        private void checkInstances() {
            for (Instances.Instance instance : world.instances().there()) {
                boolean isOpen = world.file(Ledger.path(instance.environment()))
                        .map(file -> FileValues.of(file).isOpen())
                        .orElse(false);
                if (!isOpen) {
                    throw new Violation(
                            Rule.NO_INSTANCE_STAYS,
                            instance + " is there at " + world.clock().instant() + " without a grant");
                }
            }
        }
    }

    private static final Duration STEP = Duration.ofSeconds(45);
}
