package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.demo.narration.PlainText;
import dev.bastion.sandbox.page.InstanceView;
import java.time.Duration;
import java.util.Map;

/**
 * The demo's story of an instance without a grant: a person starts one by hand with the tags of a bastion of this ledger.
 * The channel gets an alarm, and the service terminates it after the grace period.
 */
final class StrayInstanceStory {
    private static final String STAGING = "staging";
    private static final Duration MOMENT = Duration.ofSeconds(30);

    private final StoryContext context;
    private final Narrator narrator;
    private final Duration grace;

    StrayInstanceStory(StoryContext context, Duration grace) {
        this.context = context;
        this.narrator = context.narrator();
        this.grace = grace;
    }

    /** Plays up to the alarm; answers the instance's id. */
    String playAlarm() {
        narrator.chapter("An instance is started by hand, with the tags of a bastion and without a grant");
        InstanceView bastion = context.ciAndAws().notTerminated("dev").getFirst();
        String ledger = bastion.tags().getOrDefault("Ledger", "");
        Await.require(!ledger.isEmpty(), "the name of the ledger in the tags of " + bastion.id());
        narrator.action("a stranger", "aws ec2 run-instances … ManagedBy=bastion Environment=staging Ledger=" + ledger);
        String stray = context.world()
                .emulator()
                .home()
                .runInstance(bastion.id(), Map.of("ManagedBy", "bastion", "Environment", STAGING, "Ledger", ledger));
        String alarm = context.channel()
                .awaitMessage("the alarm about " + stray, MOMENT, stray, "has no grant", "I will terminate it");
        narrator.observed("alarm", PlainText.firstLine(alarm));
        narrator.quote(line(alarm, "I will terminate it"));
        return stray;
    }

    void playTermination(String stray) {
        narrator.chapter("The service terminates the instance that has no grant");
        Await.awaitTrue(
                "the termination of " + stray,
                grace.plus(MOMENT),
                () -> context.ciAndAws().notTerminated(STAGING).isEmpty());
        String said = context.channel().awaitMessage("the end of " + stray, MOMENT, stray, "is terminated");
        narrator.observed("terminated", PlainText.firstLine(said));
    }

    private static String line(String text, String containing) {
        return text.lines()
                .filter(line -> line.contains(containing))
                .findFirst()
                .orElse("");
    }
}
