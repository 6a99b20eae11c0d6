package dev.bastion.access.audit;

import dev.bastion.access.grant.End;

/** How a grant ended, in the words that every form of an answer has. */
public final class EndingText {
    private EndingText() {}

    /** Like {@code expired} or {@code by hand, max.low}; {@code still open} where no commit ended it. */
    public static String of(GrantRecord grant) {
        return grant.ending().map(Proved::fact).map(EndingText::of).orElse("still open");
    }

    private static String of(GrantRecord.Ending ending) {
        return switch (ending.end()) {
            case End.Expired _ -> "expired";
            case End.EndedBy(var person, var _) -> (ending.isByHand() ? "by hand, " : "by ") + person.name();
            case End.HolderInactive _ -> "by the service: the holder's account is not active";
            case End.Unapproved _ -> "by the service: not approved";
        };
    }
}
