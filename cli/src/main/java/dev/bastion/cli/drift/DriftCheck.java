package dev.bastion.cli.drift;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.Drift;
import dev.bastion.apply.RunResult;
import dev.bastion.apply.run.Progress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The check that environments are as their files say. A grant may be opening or closing at this moment, so what differs is
 * looked at again after a while, on the branch as it is then.
 */
final class DriftCheck {
    private final World world;
    private final Progress progress;
    private final Duration patience;

    /** What the check reads and where it reports. */
    interface World {
        /** @param revision the commit of the environment's file; empty for the checked-out one */
        RunResult plan(EnvironmentName environment, Optional<String> revision);

        /** The ids of the environment's instances in AWS. */
        List<String> instances(EnvironmentName environment);

        /** Waits, and returns the branch's head afterwards. */
        String headAfter(Duration patience);

        /** Opens an issue, unless one with this title is open. */
        void report(String title, String body);
    }

    DriftCheck(World world, Progress progress, Duration patience) {
        this.world = world;
        this.progress = progress;
        this.patience = patience;
    }

    /** Checks each environment and returns what differs, by environment. */
    Map<EnvironmentName, Drift> check(List<EnvironmentName> environments) {
        Map<EnvironmentName, Drift> first = look(environments, Optional.empty());
        if (first.isEmpty()) {
            return first;
        }
        first.forEach((environment, drift) -> progress.say(
                environment + ": " + drift.sentence() + " Looking again in " + patience.toSeconds() + " s."));
        String head = world.headAfter(patience);
        Map<EnvironmentName, Drift> second = look(List.copyOf(first.keySet()), Optional.of(head));
        second.forEach(this::report);
        return second;
    }

    private Map<EnvironmentName, Drift> look(List<EnvironmentName> environments, Optional<String> revision) {
        Map<EnvironmentName, Drift> differing = new LinkedHashMap<>();
        for (EnvironmentName environment : environments) {
            RunResult plan = world.plan(environment, revision);
            List<String> instances = plan.action().equals("close") ? world.instances(environment) : List.of();
            Drift drift = Drift.of(plan, instances);
            if (drift.isNone()) {
                progress.say(environment + " is as its file says");
            } else {
                differing.put(environment, drift);
            }
        }
        return differing;
    }

    private void report(EnvironmentName environment, Drift drift) {
        drift.incident()
                .ifPresentOrElse(
                        incident -> {
                            world.report(
                                    "Bastion without a grant: " + environment,
                                    incident + "\n\nSee docs/runbook.md, \"A bastion lingers\".");
                            progress.say("INCIDENT " + environment + ": " + incident);
                        },
                        () -> progress.say("DRIFT " + environment + ": " + drift.sentence()));
    }
}
