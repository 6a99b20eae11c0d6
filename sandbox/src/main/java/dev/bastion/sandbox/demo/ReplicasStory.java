package dev.bastion.sandbox.demo;

import static dev.bastion.sandbox.demo.StoryContext.JOHN;

import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.demo.narration.PlainText;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.world.ReplicaSet;
import dev.bastion.sandbox.world.ServiceProcess;
import java.time.Duration;
import java.util.List;

/** The demo's story of two replicas: the one that leads dies while a grant is open, and people notice nothing. */
final class ReplicasStory {
    private static final String DEV = "dev";
    private static final Duration MOMENT = Duration.ofSeconds(15);
    private static final Duration APPLY = Duration.ofMinutes(2);
    /** Quartz gives the work of a dead replica to another one after some nine seconds. */
    private static final Duration TAKES_OVER = Duration.ofSeconds(30);

    private final StoryContext context;
    private final Narrator narrator;

    ReplicasStory(StoryContext context) {
        this.context = context;
        this.narrator = context.narrator();
    }

    void play() {
        narrator.chapter("Two replicas share a PostgreSQL, and the one that leads dies");
        List<LedgerCommit> before = context.ledger().all();
        int privately = context.world().slack().dms(JOHN).size();
        ReplicaSet replicas = context.world().startReplicas(2);
        ServiceProcess leader = Await.await("one replica that leads", MOMENT, replicas::leader);
        narrator.observed("started", "two replicas are ready; process " + leader.pid() + " leads");
        context.channel().command(JOHN, "create dev 2m INC-15 one replica will die");
        LedgerCommit open = context.ledger().awaitCommit("open", DEV, MOMENT, before);
        String request = open.trailer("Bastion-Request-Id").orElseThrow();
        narrator.observed("committed", open.shortId() + " " + open.subject());
        long dead = leader.pid();
        leader.kill();
        narrator.observed("killed", "process " + dead + " got kill -9, and nobody starts it again");
        ServiceProcess next = Await.await("the other replica to lead", TAKES_OVER, replicas::leader);
        Await.require(next.pid() != dead, "another process than the dead one to lead");
        narrator.observed("taken over", "process " + next.pid() + " leads");
        context.ciAndAws().awaitRun(DEV, open.id(), APPLY);
        context.channel().awaitStage(request, "ready", APPLY);
        narrator.observed("ready", "John reads it in the same message");
        LedgerCommit end = context.ledger().awaitCommit("expire", DEV, APPLY, before);
        narrator.observed("reverted", end.shortId() + " " + end.subject());
        new BastionGoneCheck(context).check(DEV, request, end);
        once(request, before, privately);
    }

    /** BastionGoneCheck has counted the message in the channel. */
    private void once(String request, List<LedgerCommit> before, int privately) {
        long ends = context.ledger().all().stream()
                .filter(commit -> commit.endsGrant() && commit.isOf(DEV))
                .filter(commit -> before.stream().noneMatch(known -> known.id().equals(commit.id())))
                .count();
        Await.require(ends == 1, "one reversion; there are " + ends);
        List<String> told = context.world().slack().dms(JOHN).stream()
                .skip(privately)
                .filter(message ->
                        message.metadata("request_id").filter(request::equals).isPresent())
                .map(Message::readable)
                .map(PlainText::firstLine)
                .toList();
        Await.require(
                told.stream().distinct().count() == told.size() && !told.isEmpty(),
                "each private message once: " + told);
        narrator.observed("once", "one reversion, one message in the channel, and each private message once");
    }
}
