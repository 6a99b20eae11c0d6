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

/**
 * The demo's story of two replicas, which take the place of the one process while John's grant is open: the one that leads dies, the
 * other one does the rest, and John notices nothing.
 */
final class ReplicasStory {
    private static final String DEV = "dev";
    private static final Duration MOMENT = Duration.ofSeconds(15);
    /** Quartz gives the work of a dead replica to another one after some nine seconds. */
    private static final Duration TAKES_OVER = Duration.ofSeconds(30);

    private final StoryContext context;
    private final Narrator narrator;

    ReplicasStory(StoryContext context) {
        this.context = context;
        this.narrator = context.narrator();
    }

    void playTakeover() {
        narrator.chapter("Two replicas share a PostgreSQL, and the one that leads dies");
        ReplicaSet replicas = context.world().startReplicas(2);
        ServiceProcess leader = Await.await("one replica that leads", MOMENT, replicas::leader);
        narrator.observed("started", "two replicas are ready; process " + leader.pid() + " leads");
        long dead = leader.pid();
        leader.kill();
        narrator.observed("killed", "process " + dead + " got kill -9, and nobody starts it again");
        ServiceProcess next = Await.await("the other replica to lead", TAKES_OVER, replicas::leader);
        Await.require(next.pid() != dead, "another process than the dead one to lead");
        narrator.observed("taken over", "process " + next.pid() + " leads, and the grant of dev is still open");
    }

    /** Once the grant of dev has expired; that there is one message in the channel is counted before. */
    void playOnce(String request) {
        long ends = context.ledger().all().stream()
                .filter(commit -> commit.endsGrant() && commit.isOf(DEV))
                .count();
        Await.require(ends == 1, "one reversion; there are " + ends);
        List<String> told = context.world().slack().dms(JOHN).stream()
                .filter(message ->
                        message.metadata("request_id").filter(request::equals).isPresent())
                .map(Message::readable)
                .map(PlainText::firstLine)
                .toList();
        Await.require(
                told.stream().distinct().count() == told.size() && !told.isEmpty(),
                "each private message once: " + told);
        narrator.observed("once", "the replica that was left made one reversion, and posted each private message once");
    }
}
