package dev.bastion.access.troubleshooting;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.port.ApplyMonitor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The findings of CI's reports on the commits of one environment.
 *
 * @param isReady whether the grant's bastion was seen online, so that CI has applied it whatever it reports
 */
record ApplyFindings(ApplyMonitor applies, EnvironmentName environment, boolean isReady, Instant now) {
    private static final Duration STARTING_TAKES = Duration.ofMinutes(3);
    private static final Duration APPLYING_TAKES = Duration.ofMinutes(10);
    private static final String FAILED =
            "docs/troubleshooting.md, \"CI refuses or fails\", has the causes; then run CI again";

    /** @return the page of CI's last run */
    Optional<URI> judge(Grant grant, CommitId endSetBy, Findings found) {
        ApplyStatus opening = applies.reportOn(environment, grant.openedBy());
        found.add(ofOpening(grant, opening));
        if (endSetBy.equals(grant.openedBy())) {
            return opening.run();
        }
        ApplyStatus extension = applies.reportOn(environment, endSetBy);
        if (extension instanceof ApplyStatus.Failed(var what, var _, var _)) {
            found.add(Finding.problem(
                    Area.CI,
                    "extension",
                    "CI failed to apply the extension (" + what + "), so the bastion ends at its earlier time",
                    FAILED));
        }
        return extension.run().or(opening::run);
    }

    private Finding ofOpening(Grant grant, ApplyStatus report) {
        Duration open = Duration.between(grant.createdAt(), now);
        return switch (report) {
            case ApplyStatus.Succeeded _ -> Finding.ok(Area.CI, "run", "it succeeded");
            case ApplyStatus.Failed(var what, var _, var _) ->
                isReady
                        ? Finding.warning(Area.CI, "run", "the bastion is online, but CI failed: " + what, FAILED)
                        : Finding.problem(Area.CI, "run", "CI failed: " + what, FAILED);
            case ApplyStatus.Running(var _, var since) -> running(since.map(at -> Duration.between(at, now)));
            case ApplyStatus.Unknown _ when isReady -> Finding.ok(Area.CI, "run", "it has reported nothing");
            case ApplyStatus.Unknown _ -> silent(grant, open);
        };
    }

    private Finding running(Optional<Duration> since) {
        if (isReady) {
            return Finding.ok(Area.CI, "run", "it is not finished");
        }
        return since.filter(time -> time.compareTo(APPLYING_TAKES) > 0)
                .map(time -> Finding.problem(
                        Area.CI,
                        "run",
                        "CI has been applying it for " + time.toMinutes() + " min",
                        "look at the run: it may wait for a runner, an approval or the state's lock"))
                .orElseGet(() -> Finding.warning(
                        Area.CI,
                        "run",
                        "CI is applying it",
                        "wait; it takes about a minute with a cached build, three without"));
    }

    private static Finding silent(Grant grant, Duration open) {
        String commit = grant.openedBy().brief();
        return open.compareTo(STARTING_TAKES) < 0
                ? Finding.warning(
                        Area.CI, "run", "CI has reported nothing about commit " + commit + " yet", "wait a minute")
                : Finding.problem(
                        Area.CI,
                        "run",
                        "CI has reported nothing about commit " + commit + " for " + open.toMinutes() + " min",
                        "look whether the workflow apply ran for it, listens to the branch and has the permission"
                                + " statuses: write");
    }

    /** @return the page of CI's last run */
    Optional<URI> judge(PastGrant past, Findings found) {
        ApplyStatus closing = applies.reportOn(environment, past.closedBy());
        found.add(
                switch (closing) {
                    case ApplyStatus.Succeeded _ -> Finding.ok(Area.CI, "run", "it has applied the reversion");
                    case ApplyStatus.Failed(var what, var _, var _) ->
                        Finding.problem(Area.CI, "run", "CI failed to apply the reversion: " + what, FAILED);
                    case ApplyStatus.Running _ ->
                        Finding.warning(Area.CI, "run", "CI is applying the reversion", "wait; it takes a few minutes");
                    case ApplyStatus.Unknown _ ->
                        past.endedAt().plus(APPLYING_TAKES).isBefore(now)
                                ? Finding.ok(Area.CI, "run", "it has reported nothing about the reversion")
                                : Finding.warning(
                                        Area.CI,
                                        "run",
                                        "CI has reported nothing about the reversion "
                                                + past.closedBy().brief() + " yet",
                                        "wait; if it stays, start the workflow apply by hand");
                });
        return closing.run();
    }
}
