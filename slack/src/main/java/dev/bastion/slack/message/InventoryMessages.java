package dev.bastion.slack.message;

import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.state.UnexplainedInstance;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.util.List;

/** The messages about instances that look like bastions and that no grant explains. */
public final class InventoryMessages {
    private static final int EXCERPT = 300;

    private InventoryMessages() {}

    public static SlackMessage unexplained(UnexplainedInstance found) {
        BastionObservation bastion = found.bastion();
        String headline = "🚨 Instance " + Mrkdwn.code(bastion.instance()) + " has no grant: " + cause(found);
        String tags = "Seen: " + Mrkdwn.excerpt(bastion.state(), EXCERPT)
                + bastion.request()
                        .map(request -> " · request " + Mrkdwn.code(request.value()))
                        .orElse("")
                + bastion.ownership()
                        .ledger()
                        .map(ledger -> " · ledger " + Mrkdwn.excerpt(ledger, EXCERPT))
                        .orElse("");
        return new SlackMessage(headline, List.of(Blocks.section(headline), Blocks.section(next(found))))
                .with(Blocks.context(tags));
    }

    private static String next(UnexplainedInstance found) {
        return found.terminatedAt()
                .map(at -> "It belongs to this ledger: I will terminate it " + Mrkdwn.moment(at)
                        + ", unless it gets a grant. Find out who started it.")
                .orElse("I do not terminate it: find out who started it, and terminate it if it is not needed.");
    }

    /** Why no grant explains it, as a part of a sentence. */
    static String cause(UnexplainedInstance found) {
        BastionObservation bastion = found.bastion();
        String environment = Mrkdwn.bold(Mrkdwn.excerpt(bastion.environment(), EXCERPT));
        return switch (found.cause()) {
            case NOT_TAGGED -> "it has a bastion's security group, but not our tag";
            case CONTRADICTORY ->
                Mrkdwn.excerpt(bastion.ownership().contradiction().orElse("its tags contradict each other"), EXCERPT);
            case UNKNOWN_ENVIRONMENT -> "its tag names " + environment + ", which is no environment of this ledger";
            case CLOSED -> environment + " is closed in git";
            case OTHER_REQUEST -> environment + " is open for another request";
            case ELSEWHERE ->
                "its tags name the open grant of " + environment + ", which is in another account or region";
            case SECOND_OF_ITS_GRANT -> "the grant of " + environment + " has another instance, too";
        };
    }

    public static SlackMessage gone(UnexplainedInstance last) {
        return SlackMessage.of(
                "⚫ Instance " + Mrkdwn.code(last.bastion().instance()) + ", which had no grant, is terminated.");
    }

    /** One line of the answer to {@code /bastion status}. */
    public static String line(UnexplainedInstance found) {
        return "🚨 Instance " + Mrkdwn.code(found.bastion().instance()) + " has no grant: " + cause(found);
    }

    /** The key under which the messages of one instance are sent once. */
    public static RequestId keyOf(BastionObservation bastion) {
        return RequestId.derivedFrom("instance " + bastion.instance());
    }

    /** The alarm that AWS does not let the service terminate an instance. */
    public static SlackMessage terminationRefused(BastionObservation bastion, String why, String remedy) {
        String headline = "🚨 Instance " + Mrkdwn.code(bastion.instance()) + " of "
                + Mrkdwn.bold(Mrkdwn.excerpt(bastion.environment(), EXCERPT))
                + " has outlived its grant, and AWS does not let me terminate it";
        return new SlackMessage(
                headline,
                List.of(
                        Blocks.section(headline),
                        Blocks.section(Mrkdwn.escape(remedy) + " I keep trying until it is gone."),
                        Blocks.context(Mrkdwn.excerpt(why, EXCERPT))));
    }
}
