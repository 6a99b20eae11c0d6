package dev.bastion.app.slack;

import dev.bastion.access.Stage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the channel's message says of a grant, as its metadata remembers it. */
enum ShownStage {
    REQUESTED,
    NOT_RECORDED,
    APPLYING,
    APPLY_FAILED,
    READY,
    ENDS_SOON,
    OVERDUE,
    CLOSING,
    LINGERING,
    GONE;

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
        return this == CLOSING || this == LINGERING || this == GONE;
    }
}
