package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.app.world.LedgerRemote;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.status.CommitStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service asks of git and GitHub while nothing changes, and how soon it sees what does. */
class ReconcileTrafficTest {
    private static final int MINUTES = 10;

    @TempDir
    private Path folder;

    private ReconcileWorld world;

    @BeforeEach
    void start() {
        world = new ReconcileWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** One grant that is ready, and one pull request whose plan has passed. */
    private Grant oneGrantAndOnePullRequest() {
        assertThat(world.ask("dev", "8h")).isInstanceOf(Outcome.Done.class);
        Grant grant = world.grant("dev").orElseThrow();
        world.remote.postApplied("dev");
        world.online(grant);
        assertThat(world.ask("prod", "1h")).isInstanceOf(Outcome.Proposed.class);
        world.remote.postPlanned(world.waiting());
        world.passFor(Duration.ofMinutes(1));
        assertThat(world.shown.of(grant.request())).get().isInstanceOf(GrantStage.Ready.class);
        return grant;
    }

    @Test
    void whileNothingChangesAMinuteCostsSixFetchesAndTwelveCallsAtTheMost() {
        oneGrantAndOnePullRequest();
        world.traffic().clear();
        world.passFor(Duration.ofMinutes(MINUTES));
        world.watchRules();
        assertThat(world.traffic().gitFetches()).hasSizeBetween(1, 6 * MINUTES);
        assertThat(world.traffic().restCalls())
                .as(() -> String.join("\n", world.traffic().restCalls()))
                .hasSizeBetween(1, 12 * MINUTES);
    }

    @Test
    void anEditByHandIsSeenWithin15Seconds() {
        oneGrantAndOnePullRequest();
        String open = world.remote
                .file("prod")
                .replace("deploy_bastion        = 0", "deploy_bastion        = 1")
                .replace("requested_by_user_id  = \"\"", "requested_by_user_id  = \"U12345678\"")
                .replace("requested_by_username = \"\"", "requested_by_username = \"john.doe\"")
                .replace("created_at            = \"\"", "created_at            = \"2026-01-15T10:30:00Z\"")
                .replace("expires_at            = \"\"", "expires_at            = \"2096-01-15T12:30:00Z\"");
        world.remote.push("I just need it", Map.of(LedgerRemote.path("prod"), open));
        assertThat(world.passUntil(() -> world.shown.isAlarmed("prod"))).isLessThanOrEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void anApprovalIsActedOnWithinTenSecondsAndItsStatusEndsGreen() {
        oneGrantAndOnePullRequest();
        PullRequest pull = world.waiting();
        world.remote.server().github().as("janeroe").approve(pull.number(), "");
        assertThat(world.passUntil(() -> world.grant("prod")
                        .filter(grant -> !grant.isClockPending())
                        .isPresent()))
                .isLessThanOrEqualTo(Duration.ofSeconds(10));
        world.passFor(Duration.ofSeconds(20));
        assertThat(policyStatus(pull)).isEqualTo("success opens prod, approved by janeroe");
        world.passFor(Duration.ofMinutes(2));
        assertThat(policyStatus(pull)).isEqualTo("success opens prod, approved by janeroe");
    }

    private String policyStatus(PullRequest pull) {
        Optional<CommitStatus> newest = world.remote.server().statuses(pull.head()).stream()
                .filter(status -> status.context().equals("bastion/policy"))
                .findFirst();
        return newest.map(status -> status.state() + " " + status.description()).orElse("none");
    }

    @Test
    void readyAndGoneAreShownWithinTenSeconds() {
        assertThat(world.ask("dev", "10m")).isInstanceOf(Outcome.Done.class);
        Grant grant = world.grant("dev").orElseThrow();
        world.passFor(Duration.ofMinutes(2));
        assertThat(world.shown.of(grant.request())).get().isInstanceOf(GrantStage.Applying.class);
        world.remote.postApplied("dev");
        world.online(grant);
        assertThat(world.passUntil(() -> world.shown.of(grant.request()).orElseThrow() instanceof GrantStage.Ready))
                .isLessThanOrEqualTo(Duration.ofSeconds(10));

        world.passUntil(() -> world.shown.of(grant.request()).orElseThrow() instanceof GrantStage.EndsSoon);
        world.passFor(Duration.ofMinutes(8));
        assertThat(world.grant("dev")).as("the pass ends it, without a timer").isEmpty();
        world.bastions.clear();
        world.remote.postApplied("dev");
        assertThat(world.passUntil(() -> world.shown.of(grant.request()).orElseThrow() instanceof GrantStage.Gone))
                .isLessThanOrEqualTo(Duration.ofSeconds(10));
    }
}
