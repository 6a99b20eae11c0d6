package dev.bastion.app.slack;

import dev.bastion.access.ProposalStage;
import dev.bastion.access.Stage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the channel's message says of a request and of the grant it led to, as its metadata remembers it. */
enum ShownStage {
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

    ShownStage(Phase phase) {
        this.phase = phase;
    }

    static ShownStage of(Stage stage) {
        return switch (stage) {
            case Stage.Applying _ -> APPLYING;
            case Stage.ApplyFailed _ -> APPLY_FAILED;
            case Stage.Ready _ -> READY;
            case Stage.EndsSoon _ -> ENDS_SOON;
            case Stage.Overdue(var by) when by.compareTo(Alarm.PATIENCE) < 0 -> ENDS_SOON;
            case Stage.Overdue _ -> OVERDUE;
            case Stage.Closing _ -> CLOSING;
            case Stage.Lingering _ -> LINGERING;
            case Stage.Gone _ -> GONE;
        };
    }

    static ShownStage of(ProposalStage stage) {
        return switch (stage) {
            case ProposalStage.Waiting _ -> WAITING;
            case ProposalStage.Approved _ -> APPROVED;
            case ProposalStage.Lapsed _ -> LAPSED;
            case ProposalStage.Withdrawn _ -> WITHDRAWN;
            case ProposalStage.Denied _ -> DENIED;
            case ProposalStage.Refused _, ProposalStage.NoLongerPossible _ -> REFUSED;
        };
    }

    static Optional<ShownStage> named(String word) {
        return Arrays.stream(values())
                .filter(stage -> stage.word().equals(word))
                .findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the grant is over by then; no grant ever comes back from there. */
    boolean isPast() {
        return phase == Phase.PAST;
    }

    /** Whether nothing more is expected there, unless it is a grant's beginning. */
    boolean isLast() {
        return phase == Phase.ANSWERED || this == GONE;
    }

    /** Whether a proposal has come to its end, or to a grant; what is told of the proposal after that is old. */
    boolean isAnswered() {
        return phase != Phase.ASKED;
    }
}
