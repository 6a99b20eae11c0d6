package dev.bastion.cli.policy;

import dev.bastion.access.grant.Person;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.proposal.Refusal;
import java.time.Instant;
import java.util.List;

/** The policy's answer to a query. */
sealed interface PolicyAnswer {
    /** The answer in one word: {@code allow}, {@code approve:1}, {@code depends}, {@code refuse}. */
    String value();

    /** Access opens at once. */
    record Allow(Instant until) implements PolicyAnswer {
        @Override
        public String value() {
            return "allow";
        }
    }

    /**
     * Access needs approvals, or, without any, waits for its start.
     *
     * @param until the latest possible end
     */
    record Approve(int approvals, List<Person> approvers, Instant lapsesAt, Instant until) implements PolicyAnswer {
        @Override
        public String value() {
            return "approve:" + approvals;
        }
    }

    /** It depends on an external audience, which only its system can answer. */
    record Depends(ExternalAudience audience) implements PolicyAnswer {
        @Override
        public String value() {
            return "depends";
        }
    }

    record Refuse(Refusal why) implements PolicyAnswer {
        @Override
        public String value() {
            return "refuse";
        }
    }
}
