package dev.bastion.slack.command;

import dev.bastion.access.FaultKind;
import dev.bastion.access.grant.Person;
import dev.bastion.slack.message.ErrorText;
import dev.bastion.slack.socket.InFlightTracker;
import dev.bastion.slack.web.SlackFailure;
import dev.bastion.slack.web.SlackMessage;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives people: finds out who asks, does it behind the acknowledgement, and answers them, also when it fails. An error
 * that is ours is answered with the id under which it is logged.
 */
public final class RequestExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(RequestExecutor.class);

    private final UserDirectory people;
    private final EphemeralReplies replies;
    private final InFlightTracker work;

    public RequestExecutor(UserDirectory people, EphemeralReplies replies, InFlightTracker work) {
        this.people = people;
        this.replies = replies;
        this.work = work;
    }

    void receive(Interaction asker, Function<Identity, SlackMessage> answer) {
        receiveQuietly(asker, identity -> Optional.of(answer.apply(identity)));
    }

    /** Where there may be nothing to say, because it shows. */
    void receiveQuietly(Interaction asker, Function<Identity, Optional<SlackMessage>> answer) {
        work.start(() -> answered(asker, answer).ifPresent(card -> replies.send(asker, card)));
    }

    /** For members alone. */
    static Function<Identity, SlackMessage> forMembers(Function<Person, SlackMessage> answer) {
        return identity -> switch (identity) {
            case Identity.Member(Person person) -> answer.apply(person);
            case Identity.Outsider(String why) -> SlackMessage.of(ErrorText.outsider(why));
            case Identity.Unknown _ -> SlackMessage.of(ErrorText.unknownPerson());
        };
    }

    static Function<Identity, Optional<SlackMessage>> quietlyForMembers(
            Function<Person, Optional<SlackMessage>> answer) {
        return identity -> identity instanceof Identity.Member(Person person)
                ? answer.apply(person)
                : Optional.of(forMembers(_ -> SlackMessage.of("")).apply(identity));
    }

    private Optional<SlackMessage> answered(Interaction asker, Function<Identity, Optional<SlackMessage>> answer) {
        try {
            return answer.apply(people.identify(asker.user()));
        } catch (SlackFailure e) {
            LOG.warn("slack.answer.failed request={} user={} reason={}", asker.request(), asker.user(), e.getMessage());
            return Optional.of(sorry(FaultKind.EXTERNAL, e, asker));
        } catch (RuntimeException e) {
            FaultKind fault = FaultKind.of(e);
            LOG.error("slack.answer.failed request={} user={} fault={}", asker.request(), asker.user(), fault, e);
            return Optional.of(sorry(fault, e, asker));
        }
    }

    private static SlackMessage sorry(FaultKind fault, RuntimeException thrown, Interaction asker) {
        return SlackMessage.of(ErrorText.of(fault, String.valueOf(thrown.getMessage()), asker.request()));
    }
}
