package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.slack.message.HolderMessage;
import dev.bastion.slack.web.DisplayedStage;
import dev.bastion.slack.web.SlackMessage;
import java.time.Instant;
import java.util.Optional;

/** A message for Slack about one request: an edit of its live message in the channel, or a message that is sent once. */
sealed interface OutgoingMessage {
    /** The lane of the live message, in which only the newest update waits. */
    String LIVE = "live message";

    RequestId request();

    /** The environment that it is about, where the message knows it. */
    default Optional<EnvironmentName> environment() {
        return Optional.empty();
    }

    /** What it is called in the log, the same for every attempt and for every edit to the same stage. */
    String name();

    /** Messages of one lane are sent in order; lanes do not wait for one another. */
    String lane();

    /** An edit of the live message: of several only the newest counts. */
    sealed interface Update extends OutgoingMessage {
        @Override
        default String lane() {
            return LIVE;
        }

        /** Whether the request needs no approver any more. */
        boolean isDecided();

        /** Whether this is out of date once the other one is waiting: a grant is further than its proposal. */
        default boolean yieldsTo(Update other) {
            return this instanceof ProposalUpdate && other instanceof GrantUpdate;
        }
    }

    /** The stage that a grant has reached. */
    record GrantUpdate(GrantStatus status) implements Update {
        @Override
        public Optional<EnvironmentName> environment() {
            return Optional.of(status.grant().environment());
        }

        @Override
        public boolean isDecided() {
            return true;
        }

        @Override
        public RequestId request() {
            return status.grant().request();
        }

        @Override
        public String name() {
            return LIVE + " " + DisplayedStage.of(status.stage()).word();
        }
    }

    /** The stage that a proposal has reached. */
    record ProposalUpdate(ProposalStatus status) implements Update {
        @Override
        public Optional<EnvironmentName> environment() {
            return Optional.of(status.proposal().environment());
        }

        @Override
        public boolean isDecided() {
            return DisplayedStage.of(status.stage()).isDecided();
        }

        @Override
        public RequestId request() {
            return status.proposal().id();
        }

        @Override
        public String name() {
            return LIVE + " " + DisplayedStage.of(status.stage()).word();
        }
    }

    /**
     * The news that the request which this message shows was never recorded, or may not have been.
     *
     * @param stage {@link DisplayedStage#NOT_RECORDED}, or {@link DisplayedStage#REQUESTED} while it is not known
     */
    record FailedRequest(
            AnnouncementRef posted,
            RequestId request,
            Optional<EnvironmentName> environment,
            DisplayedStage stage,
            SlackMessage message)
            implements Update {
        /** A request whose recording failed may be recorded later. */
        @Override
        public boolean isDecided() {
            return false;
        }

        @Override
        public String name() {
            return LIVE + " " + stage.word();
        }

        @Override
        public boolean yieldsTo(Update other) {
            return stage == DisplayedStage.REQUESTED;
        }
    }

    /**
     * A message that is sent once, whichever process sends it.
     *
     * @param since it was not sent before
     * @param key its name among the messages of the request to the same recipient
     */
    record OneTime(RequestId request, Instant since, Recipient recipient, String key, SlackMessage message)
            implements OutgoingMessage {
        /** The remark on a message whose cause is gone: when the cause comes back, the message is sent again. */
        static final String OVER = "over";

        private static final String ASKS_TO_APPROVE = "to approve ";

        /** @param round as in {@link dev.bastion.access.review.ApprovalAsk} */
        static String keyOfRound(int round) {
            return ASKS_TO_APPROVE + round;
        }

        static boolean isKeyOfRound(String key) {
            return key.startsWith(ASKS_TO_APPROVE);
        }

        boolean asksToApprove() {
            return isKeyOfRound(key);
        }

        @Override
        public String lane() {
            return recipient.lane();
        }

        @Override
        public String name() {
            return lane() + " " + key;
        }

        /** Whether the other one, about the same request and to the same person, is out of date once this is due. */
        boolean replaces(OneTime other) {
            return recipient.equals(other.recipient) && makesOutdated(other.key);
        }

        /** Whether the private message of that key, about the same request, is out of date once this is due. */
        boolean makesOutdated(String older) {
            return recipient instanceof Recipient.User
                    && !key.equals(older)
                    && (HolderMessage.isReplaced(older, key) || (asksToApprove() && older.startsWith(ASKS_TO_APPROVE)));
        }
    }

    /**
     * An edit of messages that were sent once, whichever process sent them, since what they ask is done or impossible.
     *
     * @param since none of them is older
     * @param recipient where they are
     * @param what what became of it, a name for the log; each is done once
     */
    record Resolved(RequestId request, Instant since, Recipient recipient, String what, MessageEdit edit)
            implements OutgoingMessage {
        @Override
        public String lane() {
            return recipient.lane();
        }

        @Override
        public String name() {
            return lane() + " resolved: " + what;
        }
    }
}
