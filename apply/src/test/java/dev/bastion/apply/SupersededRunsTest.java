package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.apply.source.LayoutSource;
import dev.bastion.apply.terraform.ShutdownRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A property over histories: whichever pushes have no run, whose runs begin late, are stopped or fail, and whatever is pushed while a run works, after the last run
 * every environment is as the branch's head has it.
 */
class SupersededRunsTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final List<String> ENVIRONMENTS = List.of("dev", "staging", "prod/orders", "prod/cards");
    private static final int PUSHES = 12;
    private static final ParallelRuns.TakingUp AT_ONCE =
            new ParallelRuns.TakingUp(Duration.ofMillis(1), Duration.ofDays(1), Duration.ofMinutes(1));

    @TempDir
    private Path folder;

    private final RecordedReports reports = new RecordedReports();
    private final Map<String, String> applied = new HashMap<>();
    private EnvironmentFiles files;
    private Random random = new Random();

    @BeforeEach
    void repository() {
        files = EnvironmentFiles.in(folder, "dev", Modules.gated());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void afterTheLastRunEveryEnvironmentIsAtTheHeadsState(int seed) {
        random = new Random(seed);
        ENVIRONMENTS.forEach(name -> new EnvironmentFiles(folder, name).closed());
        String before = "0".repeat(40);
        String after = files.commit("first");
        List<String> story = new ArrayList<>();
        for (int push = 0; push < PUSHES; push++) {
            boolean isSuperseded = random.nextInt(3) == 0;
            if (!isSuperseded) {
                story.add("run of " + push + ": " + run(before, Trouble.SOME));
            }
            before = after;
            after = push(push);
        }
        run(before, Trouble.NONE);
        for (String name : ENVIRONMENTS) {
            assertThat(applied.getOrDefault(name, "absent"))
                    .as("%s, seed %s, %s", name, seed, story)
                    .isEqualTo(state("HEAD", name));
        }
    }

    private enum Trouble {
        SOME,
        NONE
    }

    /** One to three commits: openings, extensions, closings, removals, and commits without a file. */
    private String push(int number) {
        for (int commit = 0; commit <= random.nextInt(3); commit++) {
            String name = ENVIRONMENTS.get(random.nextInt(ENVIRONMENTS.size()));
            EnvironmentFiles environment = new EnvironmentFiles(folder, name);
            switch (random.nextInt(5)) {
                case 0 -> environment.closed();
                case 1 -> files.git("rm", "-rqf", "--ignore-unmatch", "environments/" + name + "/bastion");
                case 2 -> {}
                default -> environment.openUntil("2026-01-16T00:00:%02dZ".formatted(number));
            }
            files.commit("push " + number);
        }
        return files.head();
    }

    private List<String> run(String before, Trouble trouble) {
        DueEnvironments repository =
                new ChangedEnvironments(folder, System.getenv(), LayoutSource.STANDARD).due(Optional.of(reports));
        DueEnvironments.Due due = repository.at(files.head(), before, NOW);
        ShutdownRequest killed = new ShutdownRequest();
        ParallelRuns.Followed followed = new ParallelRuns(InstantSource.fixed(NOW), _ -> {}, killed, 2)
                .follow(due, known -> pushedSince(known, repository), AT_ONCE, (head, each) -> {
                    synchronized (this) {
                        return apply(head, each.environment().value(), trouble, killed);
                    }
                });
        ChangedResult result = followed.result();
        if (result.isComplete() && !killed.isRequested()) {
            due.newest().flatMap(_ -> followed.last().newest()).ifPresent(commit -> reports.ended(commit, result));
        }
        return result.results().stream()
                .map(each -> each.environment() + " " + each.word())
                .toList();
    }

    private synchronized Optional<DueEnvironments.Due> pushedSince(String known, DueEnvironments repository) {
        String head = files.head();
        return head.equals(known) ? Optional.empty() : Optional.of(repository.since(known, head, NOW));
    }

    /** The run of one environment, during which others push. */
    private RunResult apply(String head, String name, Trouble trouble, ShutdownRequest killed) {
        int chance = trouble == Trouble.NONE ? 9 : random.nextInt(10);
        if (chance == 0) {
            killed.request(); // and nothing reports its end
            return DueEnvironmentsTest.failed(name);
        }
        RunResult result = chance < 3 ? DueEnvironmentsTest.failed(name) : DueEnvironmentsTest.done(name);
        if (result.succeeded()) {
            applied.put(name, state(head, name));
        }
        report(head, name, result.succeeded());
        if (trouble == Trouble.SOME && random.nextInt(3) == 0) {
            push(PUSHES + random.nextInt(PUSHES));
        }
        return result;
    }

    /** On the commit that last changed the file, as a run does. */
    private void report(String head, String name, boolean isSuccess) {
        reports.report(
                files.git("log", "-1", "--first-parent", "--format=%H", head, "--", file(name))
                        .strip(),
                name,
                isSuccess);
    }

    private static String file(String name) {
        return "environments/" + name + "/bastion/terragrunt.hcl";
    }

    private String state(String head, String name) {
        String listed = files.git("ls-tree", head, "--", file(name));
        return listed.isBlank() ? "absent" : listed.split("[ \t]")[2];
    }
}
