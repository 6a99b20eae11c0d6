package dev.bastion.slack.grammar;

import java.util.Set;

/** The words beside which a duration or a time is a fact of the reason, like {@code hangs after 5m}. */
final class FactWords {
    /** Words after which a duration at the end belongs to the reason: {@code hangs after 5m}. */
    private static final Set<String> BEFORE = Set.of(
            "a",
            "about",
            "after",
            "already",
            "and",
            "are",
            "around",
            "at",
            "been",
            "before",
            "behind",
            "blocked",
            "broken",
            "by",
            "delay",
            "delayed",
            "down",
            "each",
            "every",
            "exceeded",
            "exceeds",
            "failing",
            "from",
            "had",
            "hanging",
            "hangs",
            "has",
            "have",
            "hung",
            "idle",
            "in",
            "is",
            "lag",
            "lagging",
            "last",
            "lasted",
            "lasts",
            "late",
            "least",
            "most",
            "next",
            "of",
            "old",
            "or",
            "over",
            "past",
            "per",
            "ran",
            "run",
            "running",
            "runs",
            "since",
            "slow",
            "stuck",
            "takes",
            "taking",
            "than",
            "the",
            "this",
            "timeout",
            "to",
            "took",
            "under",
            "unavailable",
            "up",
            "waiting",
            "waits",
            "was",
            "were",
            "with",
            "within");

    /** Words before which a duration at the beginning belongs to the reason: {@code 2h of logs are missing}. */
    private static final Set<String> AFTER = Set.of(
            "of",
            "ago",
            "old",
            "worth",
            "late",
            "later",
            "behind",
            "earlier",
            "lag",
            "delay",
            "delays",
            "timeout",
            "timeouts",
            "outage",
            "downtime",
            "is",
            "are",
            "was",
            "were",
            "per",
            "in",
            "before",
            "after",
            "too",
            "long");

    private FactWords() {}

    static boolean isBeforeFact(Word word) {
        return BEFORE.contains(word.plain());
    }

    static boolean isAfterFact(Word word) {
        return AFTER.contains(word.plain());
    }
}
