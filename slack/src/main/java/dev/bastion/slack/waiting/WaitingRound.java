package dev.bastion.slack.waiting;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.slot.EnvironmentSlots;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.slack.waiting.Waiting.Stage;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turns of people who wait: as many as it has free slots are told that it is free, in the order in which they asked. Nobody
 * gets access by it; the policy is asked when they request.
 */
public final class WaitingRound {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingRound.class);
    /** How long no other person gets the message. */
    static final Duration TURN = Duration.ofMinutes(10);

    private final WaitingList list;
    private final WaitingConversation conversation;
    private final GrantLedger ledger;
    private final Function<SlackId, Optional<InactiveAccount>> account;
    private final InstantSource clock;

    /** @param account why an account may hold nothing, as Slack says it now; fails when Slack does not say */
    public WaitingRound(
            SlackClient web,
            WaitingList list,
            GrantLedger ledger,
            Function<SlackId, Optional<InactiveAccount>> account,
            InstantSource clock) {
        this.list = list;
        this.conversation = new WaitingConversation(web, list);
        this.ledger = ledger;
        this.account = account;
        this.clock = clock;
    }

    /** To be called every few seconds; what fails is tried again by the next call. Never throws. */
    public void run() {
        for (EnvironmentName environment : list.environments()) {
            try {
                run(environment, ledger.lastSeen(), clock.instant());
            } catch (CallFailed e) {
                LOG.atWarn()
                        .addKeyValue("environment", environment)
                        .addKeyValue("reason", e.getMessage())
                        .log("slack.waiting.delayed");
            } catch (RuntimeException e) {
                LOG.atError()
                        .addKeyValue("environment", environment)
                        .setCause(e)
                        .log("slack.waiting.failed");
            }
        }
    }

    private void run(EnvironmentName environment, LedgerSnapshot snapshot, Instant now) {
        for (Waiting waiting : list.of(environment)) {
            if (waiting.hasLapsed(now)) {
                end(waiting, WaitingMessages.lapsed(waiting));
            }
        }
        EnvironmentSlots slots = EnvironmentSlots.of(snapshot, environment);
        for (Waiting waiting : list.of(environment)) {
            if (slots.grantOf(waiting.person()).isPresent()) {
                conversation.edit(waiting.at(new Stage.Over()), WaitingMessages.hasIt(waiting));
            }
        }
        List<Waiting> line = list.of(environment);
        switch (slots.bestState().orElseGet(() -> EnvironmentState.Unclear.withoutCommit(environment, ""))) {
            case EnvironmentState.Open(Grant grant) -> line.forEach(waiting -> taken(waiting, grant));
            case EnvironmentState.Closed _ -> free(line, slots.free(), snapshot.policy(), now);
            case EnvironmentState.Unclear _ -> {
                // it may be open, so nobody is told that it is free
            }
        }
    }

    private void taken(Waiting waiting, Grant grant) {
        if (waiting.isOffered()) {
            conversation.edit(waiting.at(new Stage.InLine()), WaitingMessages.takenAgain(waiting, grant));
        }
    }

    /** @param places how many people can get it */
    private void free(List<Waiting> line, int places, AccessPolicy policy, Instant now) {
        int offered = 0;
        for (Waiting waiting : line) {
            if (waiting.stage() instanceof Stage.Offered(Instant until)) {
                if (now.isBefore(until)) {
                    offered++;
                } else {
                    conversation.edit(waiting.at(new Stage.Over()), WaitingMessages.passed(waiting, until));
                }
            }
        }
        for (Waiting waiting : line) {
            if (offered < places && waiting.stage() instanceof Stage.InLine && isOfferedTo(waiting, policy, now)) {
                offered++;
            }
        }
    }

    /** Offers it to the person, unless they may not request it any more. */
    private boolean isOfferedTo(Waiting known, AccessPolicy policy, Instant now) {
        Optional<Waiting> found = conversation.read(known).stream()
                .filter(one -> one.id().equals(known.id()))
                .findFirst();
        Waiting waiting = found.orElseGet(() -> known.at(new Stage.Over()));
        list.put(waiting);
        if (!(waiting.stage() instanceof Stage.InLine)) {
            // deleted, or another process was faster
            return waiting.isOffered();
        }
        if (!policy.mayRequest(waiting.person(), waiting.environment())) {
            end(waiting, WaitingMessages.mayNot(waiting));
            return false;
        }
        if (account.apply(waiting.user()).isPresent()) {
            conversation.edit(waiting.at(new Stage.Over()), WaitingMessages.stopped(waiting));
            return false;
        }
        Instant until = Timestamps.wholeSeconds(now.plus(TURN));
        Waiting offered = waiting.at(new Stage.Offered(until));
        conversation.deleteDuplicate(conversation.follow(waiting, offered, WaitingMessages.offered(offered, until)));
        return true;
    }

    /** Ends a wait with a message that the person is notified of. */
    private void end(Waiting waiting, SlackMessage message) {
        conversation.follow(waiting, waiting.at(new Stage.Over()), message);
    }
}
