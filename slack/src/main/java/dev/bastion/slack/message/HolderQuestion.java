package dev.bastion.slack.message;

import com.slack.api.model.block.element.BlockElement;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.SlackId;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.util.List;
import java.util.Optional;

/** The messages by which a person asks the holder of an environment for it, and by which the holder answers. */
public final class HolderQuestion {
    /** The action of the button that asks; its value is the grant's request id. */
    public static final String ASK_ACTION = "holder_ask";
    /** The action of the button that answers; its value is an {@link Answer}. */
    public static final String NOT_YET_ACTION = "holder_not_yet";

    private HolderQuestion() {}

    /**
     * What the answer is about.
     *
     * @param asker who is told
     */
    public record Answer(String request, SlackId asker) {
        /** Empty for what none of our buttons says. */
        public static Optional<Answer> of(String value) {
            int space = value.indexOf(' ');
            return space < 0
                    ? Optional.empty()
                    : SlackId.of(value.substring(space + 1)).map(asker -> new Answer(value.substring(0, space), asker));
        }

        private String value() {
            return request + " " + asker.value();
        }
    }

    /** The button by which a person asks the holder. */
    public static BlockElement ask(Grant grant) {
        return Blocks.button(ASK_ACTION, "Ask them", grant.request().value());
    }

    /** To the holder. */
    public static SlackMessage question(Person asker, SlackId askerId, Grant grant) {
        String text = "🙋 " + Mrkdwn.bold(asker.name()) + " needs " + environment(grant) + ", which you have until "
                + Mrkdwn.moment(grant.expiresAt()) + ".";
        Answer answer = new Answer(grant.request().value(), askerId);
        return SlackMessage.of(text)
                .with(Blocks.actions(
                        List.of(Button.END.on(grant), Blocks.button(NOT_YET_ACTION, "Not yet", answer.value()))));
    }

    /** To the person who asked. */
    public static SlackMessage notYet(Grant grant) {
        return SlackMessage.of(Mrkdwn.bold(grant.holder().name()) + " still needs " + environment(grant)
                + ", until " + Mrkdwn.moment(grant.expiresAt()) + " at the latest. `/bastion status "
                + grant.environment() + "` shows when it is free.");
    }

    public static SlackMessage asked(Grant grant) {
        return SlackMessage.of("I asked " + Mrkdwn.bold(grant.holder().name()) + " for " + environment(grant)
                + ". Run `/bastion create " + grant.environment() + "` when it is free.");
    }

    public static SlackMessage askedLately(Grant grant) {
        return SlackMessage.of("You asked " + Mrkdwn.bold(grant.holder().name()) + " for " + environment(grant)
                + " less than 10 minutes ago. Please wait for the answer.");
    }

    public static SlackMessage answered(Grant grant) {
        return SlackMessage.of("I said that you still need " + environment(grant) + ".");
    }

    public static SlackMessage over() {
        return SlackMessage.of("That grant has ended. Run `/bastion create` to request access.");
    }

    private static String environment(Grant grant) {
        return Mrkdwn.bold(grant.environment().title());
    }
}
