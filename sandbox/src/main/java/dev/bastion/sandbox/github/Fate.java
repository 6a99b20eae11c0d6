package dev.bastion.sandbox.github;

import java.time.Instant;

/** Where a pull request stands. */
public sealed interface Fate {
    /** The word for people: open, closed, merged. */
    String word();

    /** It waits. */
    record Open() implements Fate {
        @Override
        public String word() {
            return "open";
        }
    }

    /** Somebody closed it without merging. */
    record Closed(Account by, Instant at) implements Fate {
        @Override
        public String word() {
            return "closed";
        }
    }

    /** @param commit what brought it into the base branch */
    record Merged(Account by, Instant at, String commit) implements Fate {
        @Override
        public String word() {
            return "merged";
        }
    }
}
