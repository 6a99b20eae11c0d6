package dev.bastion.slack.command;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** The command that a person probably meant: a synonym, or one at most two typing errors away and as
 * much as half of it right. */
final class CommandSuggestion {
    private static final int MOST_TYPOS = 2;
    private static final int LONGEST = 20;
    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("open", "create"),
            Map.entry("request", "create"),
            Map.entry("start", "create"),
            Map.entry("list", "status"),
            Map.entry("ls", "status"),
            Map.entry("my", "me"),
            Map.entry("mine", "me"),
            Map.entry("whoami", "me"),
            Map.entry("approvals", "requests"),
            Map.entry("pending", "requests"),
            Map.entry("home", "help"),
            Map.entry("renew", "extend"),
            Map.entry("close", "destroy"),
            Map.entry("revoke", "destroy"),
            Map.entry("delete", "destroy"),
            Map.entry("stop", "destroy"),
            Map.entry("ssh", "connect"),
            Map.entry("log", "history"),
            Map.entry("debug", "doctor"),
            Map.entry("diagnose", "doctor"),
            Map.entry("check", "doctor"));

    private CommandSuggestion() {}

    static Optional<String> to(String typed) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        return Optional.ofNullable(SYNONYMS.get(typed))
                .or(() -> CommandParser.WORDS.stream()
                        .filter(word -> typos(typed, word) <= Math.min(MOST_TYPOS, word.length() / 2))
                        .min(Comparator.comparingInt(word -> typos(typed, word))));
    }

    /** Letters added, left out, changed or swapped with their neighbour (optimal string alignment). */
    private static int typos(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : least(from, to, cost, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int least(String from, String to, int[][] cost, int i, int j) {
        int changed = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(changed, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
