package dev.bastion.slack.command;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.slack.message.ErrorText;
import dev.bastion.slack.message.HolderQuestion;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The conversation between a person who needs an environment and its holder, in private messages. Each may write the other
 * once in ten minutes, in all processes together: the messages are their own memory.
 */
public final class HolderContact {
    private static final Duration ONCE_IN = Duration.ofMinutes(10);

    private final SlackClient web;
    private final GrantLedger ledger;
    private final InstantSource clock;
    private final ReentrantLock turn = new ReentrantLock();

    public HolderContact(SlackClient web, GrantLedger ledger, InstantSource clock) {
        this.web = web;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** @param request the grant's, as the button has it */
    SlackMessage ask(Person person, String request) {
        LedgerSnapshot snapshot = ledger.read();
        Optional<Grant> found = open(snapshot, request);
        Optional<SlackId> asker = SlackId.of(person.id());
        if (found.isEmpty() || asker.isEmpty()) {
            return HolderQuestion.over();
        }
        Grant grant = found.get();
        AccessPolicy policy = snapshot.policy();
        if (!policy.mayRequest(person, grant.environment())) {
            return SlackMessage.of(ErrorText.of(new Refusal.NotAllowed(grant.environment(), person), person));
        }
        if (grant.holder().is(person)) {
            return SlackMessage.of(ErrorText.of(new Refusal.AlreadyOpen(grant), person));
        }
        boolean isSent = sendOnce(
                grant.holder().id(),
                MessageMetadata.sentOnce(
                        grant.request(), "asked by " + asker.get().value()),
                HolderQuestion.question(person, asker.get(), grant));
        return isSent ? HolderQuestion.asked(grant) : HolderQuestion.askedLately(grant);
    }

    /** Only the holder answers, and only who was asked by them. */
    SlackMessage notYet(Person person, String value) {
        Optional<HolderQuestion.Answer> answer = HolderQuestion.Answer.of(value);
        Optional<Grant> grant = answer.flatMap(one -> open(ledger.read(), one.request()))
                .filter(one -> one.holder().is(person));
        if (answer.isEmpty() || grant.isEmpty()) {
            return HolderQuestion.over();
        }
        sendOnce(
                answer.get().asker().value(),
                MessageMetadata.sentOnce(grant.get().request(), "not yet"),
                HolderQuestion.notYet(grant.get()));
        return HolderQuestion.answered(grant.get());
    }

    private Optional<Grant> open(LedgerSnapshot snapshot, String request) {
        Instant now = clock.instant();
        return snapshot.openGrants().stream()
                .filter(grant -> grant.request().value().equals(request))
                .filter(grant -> !grant.hasEnded(now))
                .findFirst();
    }

    private boolean sendOnce(String user, MessageMetadata metadata, SlackMessage message) {
        turn.lock();
        try {
            String channel = web.directChannel(user);
            boolean isSent = web.oursSince(channel, clock.instant().minus(ONCE_IN)).stream()
                    .flatMap(sent -> MessageMetadata.of(sent).stream())
                    .anyMatch(metadata::isOfSameMessage);
            if (!isSent) {
                web.post(channel, message, metadata);
            }
            return !isSent;
        } finally {
            turn.unlock();
        }
    }
}
