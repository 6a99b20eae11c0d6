package dev.bastion.slack.waiting;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.slot.EnvironmentSlots;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.slack.message.ErrorText;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackMessage;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The buttons of waits: a person begins one, ends it, or requests the environment when it is their turn. */
public final class WaitForEnvironment {
    private final SlackClient web;
    private final WaitingList list;
    private final WaitingConversation conversation;
    private final GrantLedger ledger;
    private final InstantSource clock;
    private final ReentrantLock turn = new ReentrantLock();

    public WaitForEnvironment(SlackClient web, WaitingList list, GrantLedger ledger, InstantSource clock) {
        this.web = web;
        this.list = list;
        this.conversation = new WaitingConversation(web, list);
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Begins a wait, once for each person and environment.
     *
     * @param id of the click
     * @param value the button's
     */
    public SlackMessage begin(Person person, RequestId id, String value) {
        Optional<WaitRequest> request = WaitRequest.of(value);
        Optional<SlackId> user = SlackId.of(person.id());
        if (request.isEmpty() || user.isEmpty()) {
            return WaitingMessages.over();
        }
        EnvironmentName environment = request.get().environment();
        LedgerSnapshot snapshot = ledger.read();
        EnvironmentSlots slots = EnvironmentSlots.of(snapshot, environment);
        Optional<EnvironmentState> state = slots.grantOf(person)
                .<EnvironmentState>map(EnvironmentState.Open::new)
                .or(slots::bestState);
        if (state.isEmpty()) {
            return refused(snapshot.unknown(environment), person);
        }
        if (!snapshot.policy().mayRequest(person, environment)) {
            return refused(new Refusal.NotAllowed(environment, person), person);
        }
        Waiting waiting = new Waiting(
                id,
                user.get(),
                person.name(),
                environment,
                request.get().duration(),
                request.get().reason(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                new Waiting.Stage.InLine(),
                Optional.empty());
        return begin(waiting, state.get());
    }

    private SlackMessage begin(Waiting waiting, EnvironmentState state) {
        return switch (state) {
            case EnvironmentState.Closed(EnvironmentName environment) -> WaitingMessages.free(environment);
            case EnvironmentState.Open(Grant grant) -> begin(waiting, grant);
            case EnvironmentState.Unclear unclear ->
                unclear.grant()
                        .map(grant -> begin(waiting, grant))
                        .orElseGet(() -> refused(
                                new Refusal.Unreadable(unclear.environment(), unclear.problem()), waiting.person()));
        };
    }

    private SlackMessage begin(Waiting waiting, Grant grant) {
        if (grant.holder().is(waiting.person())) {
            return refused(new Refusal.AlreadyOpen(grant), waiting.person());
        }
        turn.lock();
        try {
            readMessagesOf(waiting.user());
            Optional<Waiting> known = list.of(waiting.environment()).stream()
                    .filter(other -> other.user().equals(waiting.user()))
                    .findFirst();
            if (known.isPresent()) {
                return WaitingMessages.known(list.place(known.get()));
            }
            if (list.of(waiting.environment()).size() >= WaitingList.MOST) {
                return WaitingMessages.full(waiting.environment());
            }
            return WaitingMessages.accepted(
                    list.place(conversation.post(waiting, WaitingMessages.begun(waiting, grant))));
        } finally {
            turn.unlock();
        }
    }

    /** Another process may know more waits of the person; their messages say so. */
    private void readMessagesOf(SlackId user) {
        conversation
                .read(web.directChannel(user.value()), clock.instant().minus(Waiting.LONGEST))
                .forEach(list::found);
    }

    /** Ends a wait of the person; empty where its message says so. */
    public Optional<SlackMessage> stop(Person person, RequestId id) {
        Optional<Waiting> waiting = find(person, id);
        waiting.ifPresent(one -> conversation.edit(one.at(new Waiting.Stage.Over()), WaitingMessages.stopped(one)));
        return waiting.isPresent() ? Optional.empty() : Optional.of(WaitingMessages.over());
    }

    /** The wait of the person with this id; empty where it is over, or another person's. */
    public Optional<Waiting> find(Person person, RequestId id) {
        if (list.find(id).isEmpty()) {
            SlackId.of(person.id()).ifPresent(this::readMessagesOf);
        }
        return list.find(id).filter(waiting -> waiting.person().is(person));
    }

    /** Ends a wait, since the person requested the environment. */
    public void requested(Waiting waiting) {
        conversation.edit(waiting.at(new Waiting.Stage.Over()), WaitingMessages.requested(waiting));
    }

    private static SlackMessage refused(Refusal refusal, Person reader) {
        return SlackMessage.of(ErrorText.of(refusal, reader));
    }
}
