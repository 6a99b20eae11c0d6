package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The findings of one verification, as many as are kept, and how many there are. */
final class FindingList {
    private static final int MOST = 100_000;
    private static final int LONGEST = 400;

    private final Map<LedgerFinding.Kind, Integer> counts = new EnumMap<>(LedgerFinding.Kind.class);
    private final List<LedgerFinding> kept = new ArrayList<>();

    void add(LedgerFinding.Kind kind, CommitId commit, int place, String what) {
        counts.merge(kind, 1, Integer::sum);
        if (kept.size() < MOST) {
            String text = printable(what);
            kept.add(new LedgerFinding(kind, commit, place, text));
        }
    }

    /** Others choose much of a sentence: it is one line of bounded length, without control characters. */
    static String printable(String what) {
        String line = what.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    int count(LedgerFinding.Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    /** How many there are of each kind. */
    Map<LedgerFinding.Kind, Integer> counts() {
        return counts;
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** The kept findings, the oldest commit first. */
    List<LedgerFinding> all() {
        return kept.stream()
                .sorted(Comparator.comparingInt(LedgerFinding::place))
                .toList();
    }
}
