package dev.bastion.slack.web;

import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.proposal.ProposalStage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the channel's message says of a request and of the grant it led to, as its metadata remembers it. */
public enum DisplayedStage {
    REQUESTED(Phase.ASKED),
    NOT_RECORDED(Phase.ASKED),
    WAITING(Phase.ASKED),
    APPROVED(Phase.ANSWERED),
    LAPSED(Phase.ANSWERED),
    WITHDRAWN(Phase.ANSWERED),
    DENIED(Phase.ANSWERED),
    REFUSED(Phase.ANSWERED),
    APPLYING(Phase.OPEN),
    APPLY_FAILED(Phase.OPEN),
    READY(Phase.OPEN),
    ENDS_SOON(Phase.OPEN),
    OVERDUE(Phase.OPEN),
    CLOSING(Phase.PAST),
    LINGERING(Phase.PAST),
    GONE(Phase.PAST);

    /** What never comes back once the next one was shown. */
    enum Phase {
        /** Nobody has said yes or no. */
        ASKED,
        /** A proposal has ended. */
        ANSWERED,
        /** The grant is in force. */
        OPEN,
        /** The grant is over. */
        PAST
    }

    private final Phase phase;

    DisplayedStage(Phase phase) {
        this.phase = phase;
    }

    public static DisplayedStage of(GrantStage stage) {
        return switch (stage) {
            case GrantStage.Applying _ -> APPLYING;
            case GrantStage.ApplyFailed _ -> APPLY_FAILED;
            case GrantStage.Ready _ -> READY;
            case GrantStage.EndsSoon _ -> ENDS_SOON;
            case GrantStage.Overdue(var by) when by.compareTo(AlarmPolicy.PATIENCE) < 0 -> ENDS_SOON;
            case GrantStage.Overdue _ -> OVERDUE;
            case GrantStage.Closing _ -> CLOSING;
            case GrantStage.Lingering _ -> LINGERING;
            case GrantStage.Gone _ -> GONE;
        };
    }

    public static DisplayedStage of(ProposalStage stage) {
        return switch (stage) {
            case ProposalStage.Waiting _ -> WAITING;
            case ProposalStage.Approved _ -> APPROVED;
            case ProposalStage.Lapsed _ -> LAPSED;
            case ProposalStage.Withdrawn _ -> WITHDRAWN;
            case ProposalStage.Denied _ -> DENIED;
            case ProposalStage.Refused _, ProposalStage.NoLongerPossible _ -> REFUSED;
        };
    }

    static Optional<DisplayedStage> named(String word) {
        return Arrays.stream(values())
                .filter(stage -> stage.word().equals(word))
                .findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the grant is over by then; no grant ever comes back from there. */
    public boolean isPast() {
        return phase == Phase.PAST;
    }

    /** Whether nothing more is expected there, unless it is a grant's beginning. */
    public boolean isLast() {
        return phase == Phase.ANSWERED || this == GONE;
    }

    /** Whether a proposal has come to its end, or to a grant; what is told of the proposal after that is old. */
    public boolean isAnswered() {
        return phase != Phase.ASKED;
    }
}
