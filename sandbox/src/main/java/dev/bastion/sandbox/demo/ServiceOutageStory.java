package dev.bastion.sandbox.demo;

import static dev.bastion.sandbox.demo.StoryContext.MAX;

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

    private final StoryContext cast;
    private final Narrator narrator;

    ServiceOutageStory(StoryContext cast) {
        this.cast = cast;
        this.narrator = cast.narrator();
    }

    void play() {
        narrator.headline("Max gets staging, and the service is dead when his time is up");
        List<LedgerCommit> before = cast.ledger().all();
        cast.channel().types(MAX, "create staging 45s a look at last night's jobs");
        LedgerCommit open = cast.ledger().await("open", STAGING, MOMENT, before);
        String request = open.trailer("Bastion-Request-Id").orElseThrow();
        narrator.observed("asked", open.shortId() + " " + open.subject());
        cast.world().service().kill();
        narrator.observed("killed", "the service is dead, the grant ends at " + open.expiresAt());
        cast.works().awaitRun(STAGING, open.id(), APPLY);
        Await.require(cast.works().living(STAGING).size() == 1, "one bastion of staging");
        narrator.observed("applied", "CI has opened it without the service");

        waitPast(open.expiresAt());
        Await.require(
                cast.ledger().all().stream().noneMatch(commit -> commit.isEnd() && commit.isOf(STAGING)),
                "nobody to end the grant of staging while the service is dead");
        narrator.observed("overdue", "the clock has passed and the file still says 1");
        cast.world().startService();
        Instant back = Instant.now();
        LedgerCommit end = cast.ledger().await("expire", STAGING, CATCHES_UP, before);
        Duration took = Duration.between(back, cast.ledger().pushedAt(end));
        narrator.observed(
                "caught up",
                end.shortId() + " " + end.subject() + ", pushed "
                        + (took.isNegative()
                                ? "before the service said it was ready"
                                : took.toMillis() + " ms after the start"));
        new BastionGoneCheck(cast).observe(STAGING, request, end);
    }

    private static void waitPast(Instant end) {
        Duration left = Duration.between(Instant.now(), end);
        Await.awaitTrue(
                "the end of the grant",
                left.isNegative() ? Duration.ZERO : left.plusSeconds(2),
                () -> Instant.now().isAfter(end));
    }
}
