package dev.bastion.app.slack;

import dev.bastion.access.Fault;
import dev.bastion.access.Person;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives people: finds out who asks, does it behind the acknowledgement, and answers them, also when it fails. An error
 * that is ours is answered with the id under which it is logged.
 */
final class Desk {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final People people;
    private final Replies replies;
    private final InFlight work;

    Desk(People people, Replies replies, InFlight work) {
        this.people = people;
        this.replies = replies;
        this.work = work;
    }

    void receive(Asker asker, Function<Identity, Card> answer) {
        receiveQuietly(asker, identity -> Optional.of(answer.apply(identity)));
    }

    /** Where there may be nothing to say, because it shows. */
    void receiveQuietly(Asker asker, Function<Identity, Optional<Card>> answer) {
        work.start(() -> answered(asker, answer).ifPresent(card -> replies.send(asker, card)));
    }

    /** For members alone. */
    static Function<Identity, Card> forMembers(Function<Person, Card> answer) {
        return identity -> switch (identity) {
            case Identity.Member(Person person) -> answer.apply(person);
            case Identity.Outsider(String why) -> Card.of(Sentences.outsider(why));
            case Identity.Unknown _ -> Card.of(Sentences.unknownPerson());
        };
    }

    static Function<Identity, Optional<Card>> quietlyForMembers(Function<Person, Optional<Card>> answer) {
        return identity -> identity instanceof Identity.Member(Person person)
                ? answer.apply(person)
                : Optional.of(forMembers(_ -> Card.of("")).apply(identity));
    }

    private Optional<Card> answered(Asker asker, Function<Identity, Optional<Card>> answer) {
        try {
            return answer.apply(people.identify(asker.user()));
        } catch (SlackFailure e) {
            LOG.warn("slack.answer.failed request={} user={} reason={}", asker.request(), asker.user(), e.getMessage());
            return Optional.of(sorry(Fault.EXTERNAL, e, asker));
        } catch (RuntimeException e) {
            Fault fault = Fault.of(e);
            LOG.error("slack.answer.failed request={} user={} fault={}", asker.request(), asker.user(), fault, e);
            return Optional.of(sorry(fault, e, asker));
        }
    }

    private static Card sorry(Fault fault, RuntimeException thrown, Asker asker) {
        return Card.of(Sentences.of(fault, String.valueOf(thrown.getMessage()), asker.request()));
    }
}
