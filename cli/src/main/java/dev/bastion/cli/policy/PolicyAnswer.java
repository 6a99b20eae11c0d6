package dev.bastion.cli.policy;

import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.Refusal;
import java.time.Instant;
import java.util.List;

/** What the policy says to a question. */
sealed interface PolicyAnswer {
    /** In a word that can be expected: {@code allow}, {@code approve:1}, {@code refuse}. */
    String word();

    /** The door opens at once. */
    record Allow(Instant until) implements PolicyAnswer {
        @Override
        public String word() {
            return "allow";
        }
    }

    /**
     * Others are asked.
     *
     * @param until the latest end it can have
     */
    record Approve(int approvals, List<Person> approvers, Instant lapsesAt, Instant until) implements PolicyAnswer {
        @Override
        public String word() {
            return "approve:" + approvals;
        }
    }

    record Refuse(Refusal why) implements PolicyAnswer {
        @Override
        public String word() {
            return "refuse";
        }
    }
}
