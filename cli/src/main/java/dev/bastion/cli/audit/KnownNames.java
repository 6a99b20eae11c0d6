package dev.bastion.cli.audit;

import java.util.Collection;
import java.util.stream.Collectors;

/** The sentence about a name that a ledger does not have. */
final class KnownNames {
    private static final int MOST_SHOWN = 10;
    private static final int LONGEST = 64;

    private KnownNames() {}

    /**
     * @param kind what it is a name of, like {@code environment}
     * @param known all names of that kind that the ledger has
     */
    static CannotLook missing(String kind, String typed, Collection<String> known) {
        String shown = known.stream()
                .distinct()
                .sorted()
                .limit(MOST_SHOWN)
                .map(KnownNames::printable)
                .collect(Collectors.joining(", "));
        long more = known.stream().distinct().count() - MOST_SHOWN;
        return new CannotLook("the ledger has no " + kind + " " + printable(typed) + "; it has "
                + (shown.isEmpty() ? "none" : shown + (more > 0 ? " and " + more + " more" : "")));
    }

    /** People wrote it: one line of bounded length. */
    private static String printable(String name) {
        String line = name.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
