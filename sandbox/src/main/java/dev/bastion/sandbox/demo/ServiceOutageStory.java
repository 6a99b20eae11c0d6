package dev.bastion.sandbox.demo;

import static dev.bastion.sandbox.demo.StoryContext.MAX;

import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.Narrator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The demo's story of an outage: the service is down when a grant expires, and reverts it as soon as it is up again. */
final class ServiceOutageStory {
    private static final String STAGING = "staging";
    private static final Duration MOMENT = Duration.ofSeconds(15);
    private static final Duration APPLY = Duration.ofMinutes(2);
    /** From the service's being ready to the reversion's being pushed. */
    private static final Duration CATCHES_UP = Duration.ofSeconds(5);

    private final StoryContext context;
    private final Narrator narrator;

    ServiceOutageStory(StoryContext context) {
        this.context = context;
        this.narrator = context.narrator();
    }

    /** The grant that nobody reverts while the service is down. */
    record Down(String request, LedgerCommit open, List<LedgerCommit> before) {}

    /** Plays up to the service being down. */
    Down playKill() {
        narrator.chapter("The service is down when Max's access to staging expires");
        List<LedgerCommit> before = context.ledger().all();
        context.channel().command(MAX, "create staging 45s a look at last night's jobs");
        LedgerCommit open = context.ledger().awaitCommit("open", STAGING, MOMENT, before);
        String request = open.trailer("Bastion-Request-Id").orElseThrow();
        narrator.observed("committed", open.shortId() + " " + open.subject());
        context.world().kill();
        narrator.observed("killed", "the service is down; the grant expires at " + open.expiresAt());
        return new Down(request, open, before);
    }

    void playReturn(Down down) {
        LedgerCommit open = down.open();
        context.ciAndAws().awaitRun(STAGING, open.id(), APPLY);
        Await.require(context.ciAndAws().notTerminated(STAGING).size() == 1, "one bastion of staging");
        narrator.observed("applied", "CI created the bastion without the service");

        waitPast(open.expiresAt());
        Await.require(
                context.ledger().all().stream().noneMatch(commit -> commit.endsGrant() && commit.isOf(STAGING)),
                "no end of the grant of staging while the service is down");
        narrator.observed("overdue", "the grant has expired, but its file still says deploy_bastion = 1");
        context.world().startService();
        Instant back = Instant.now();
        LedgerCommit end = context.ledger().awaitCommit("expire", STAGING, CATCHES_UP, down.before());
        Duration took = Duration.between(back, context.ledger().pushedAt(end));
        narrator.observed(
                "reverted",
                end.shortId() + " " + end.subject() + ", pushed "
                        + (took.isNegative()
                                ? "before the service reported that it was ready"
                                : took.toMillis() + " ms after the service was ready"));
        new BastionGoneCheck(context).check(STAGING, down.request(), end);
    }

    private static void waitPast(Instant end) {
        Duration left = Duration.between(Instant.now(), end);
        Await.awaitTrue(
                "the end of the grant",
                left.isNegative() ? Duration.ZERO : left.plusSeconds(2),
                () -> Instant.now().isAfter(end));
    }
}
