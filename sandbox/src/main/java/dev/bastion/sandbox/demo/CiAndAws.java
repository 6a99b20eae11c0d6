package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.NotObservedException;
import dev.bastion.sandbox.github.status.CommitStatus;
import dev.bastion.sandbox.page.CiRun;
import dev.bastion.sandbox.page.InstanceView;
import dev.bastion.sandbox.world.SandboxWorld;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** CI runs, commit statuses and instances, as a person watches them in the browser. */
final class CiAndAws {
    private final SandboxWorld world;

    CiAndAws(SandboxWorld world) {
        this.world = world;
    }

    /** Waits for the successful run that applied an environment at a commit. */
    CiRun awaitRun(String environment, String commit, Duration atMost) {
        return Await.await("CI's successful run of " + environment + " at " + commit.substring(0, 8), atMost, () -> {
            Optional<CiRun> run = world.ci().runs().stream()
                    .filter(found -> isApplyOf(environment, found.title())
                            && found.commit().equals(commit))
                    .findFirst();
            run.filter(found -> found.state() == CiRun.State.FAILED).ifPresent(found -> {
                throw new NotObservedException(
                        "CI's run " + found.id() + " (" + found.title() + ") failed: " + found.detail());
            });
            return run.filter(found -> found.state() == CiRun.State.SUCCEEDED);
        });
    }

    /** Whether a run's title, like {@code apply dev, staging}, names the environment. */
    private static boolean isApplyOf(String environment, String title) {
        return title.startsWith("apply ")
                && List.of(title.substring("apply ".length()).split(", ")).contains(environment);
    }

    /** Waits for CI's status of a commit to be success. */
    CommitStatus awaitStatus(String environment, String commit, Duration atMost) {
        String context = "bastion/apply/" + environment;
        return Await.await(
                "the status " + context + " \"success\" on " + commit.substring(0, 8),
                atMost,
                () -> world.github().statuses(commit).stream()
                        .filter(status -> status.context().equals(context))
                        .limit(1)
                        .filter(status -> status.state().equals("success"))
                        .findFirst());
    }

    List<InstanceView> instances(String environment) {
        return world.emulator().home().instances().stream()
                .filter(instance -> instance.environment().equals(environment))
                .toList();
    }

    /** Instances that are not terminated. */
    List<InstanceView> notTerminated(String environment) {
        return instances(environment).stream()
                .filter(instance -> !instance.state().equals("terminated"))
                .toList();
    }

    /** Waits until the agent of an environment's instance is online. */
    InstanceView awaitOnline(String environment, Duration atMost) {
        return Await.await(
                "a bastion of " + environment + " online in SSM",
                atMost,
                () -> notTerminated(environment).stream()
                        .filter(instance -> instance.ssm().equals("Online"))
                        .findFirst());
    }
}
