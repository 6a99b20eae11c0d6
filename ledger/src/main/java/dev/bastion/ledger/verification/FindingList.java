package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The findings of one verification: the first of each kind, and how many there are. */
final class FindingList {
    private static final int MOST_OF_A_KIND = 20;
    private static final int LONGEST = 400;

    private final Map<LedgerFinding.Kind, Integer> counts = new EnumMap<>(LedgerFinding.Kind.class);
    private final List<LedgerFinding> kept = new ArrayList<>();

    void add(LedgerFinding.Kind kind, CommitId commit, int place, String what) {
        if (counts.merge(kind, 1, Integer::sum) <= MOST_OF_A_KIND) {
            String text = printable(what);
            kept.add(new LedgerFinding(kind, commit, place, text));
        }
    }

    /** Others choose much of a sentence: it is one line of bounded length, without control characters. */
    private static String printable(String what) {
        String line = what.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    int count(LedgerFinding.Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
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
