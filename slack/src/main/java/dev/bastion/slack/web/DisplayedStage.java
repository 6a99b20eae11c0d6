package dev.bastion.slack.web;

import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.proposal.ProposalStage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A stage of a request, and of the grant it leads to, as the live message's metadata names it. */
public enum DisplayedStage {
    REQUESTED(Phase.PROPOSED),
    NOT_RECORDED(Phase.PROPOSED),
    WAITING(Phase.PROPOSED),
    APPROVED(Phase.DECIDED),
    LAPSED(Phase.DECIDED),
    WITHDRAWN(Phase.DECIDED),
    DENIED(Phase.DECIDED),
    REFUSED(Phase.DECIDED),
    APPLYING(Phase.OPEN),
    APPLY_FAILED(Phase.OPEN),
    READY(Phase.OPEN),
    ENDS_SOON(Phase.OPEN),
    UNREADABLE(Phase.OPEN),
    OVERDUE(Phase.OPEN),
    CLOSING(Phase.PAST),
    LINGERING(Phase.PAST),
    GONE(Phase.PAST);

    /** A part of a request's life; a message that shows a later one never returns to an earlier one. */
    enum Phase {
        /** Nothing is decided. */
        PROPOSED,
        /** A proposal has ended. */
        DECIDED,
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
            case GrantStage.Overdue overdue -> overdue.isAlarming() ? OVERDUE : ENDS_SOON;
            case GrantStage.Unreadable _ -> UNREADABLE;
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

    /** Whether the grant has ended at this stage; a grant never leaves such a stage for an earlier one. */
    public boolean isPast() {
        return phase == Phase.PAST;
    }

    /** Whether no later stage is expected, unless a grant begins. */
    public boolean isLast() {
        return phase == Phase.DECIDED || this == GONE;
    }

    /** Whether a proposal has ended or led to a grant; later news of the proposal are out of date. */
    public boolean isDecided() {
        return phase != Phase.PROPOSED;
    }
}
