package dev.bastion.sandbox.github.pulls;

import dev.bastion.sandbox.github.account.Account;
import java.time.Instant;

/** The state of a pull request: open, closed or merged. */
public sealed interface PullRequestState {
    /** The word for people: open, closed, merged. */
    String word();

    /** It waits. */
    record Open() implements PullRequestState {
        @Override
        public String word() {
            return "open";
        }
    }

    /** Closed without merging. */
    record Closed(Account by, Instant at) implements PullRequestState {
        @Override
        public String word() {
            return "closed";
        }
    }

    /** @param commit what brought it into the base branch */
    record Merged(Account by, Instant at, String commit) implements PullRequestState {
        @Override
        public String word() {
            return "merged";
        }
    }
}
