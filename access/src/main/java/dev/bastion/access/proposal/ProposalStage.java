package dev.bastion.access.proposal;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.Person;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far a proposal has come: what people are shown. */
public sealed interface ProposalStage {
    /** @param approvers who may approve; empty when everybody may whose login is known */
    record Waiting(List<UnmetRequirement> reasons, List<Person> approvers, int approvals) implements ProposalStage {
        public Waiting {
            reasons = List.copyOf(reasons);
            approvers = List.copyOf(approvers);
        }
    }

    /** Approved and merged; from here on the grant is shown. */
    record Approved(List<Approval> approvals) implements ProposalStage {
        public Approved {
            approvals = List.copyOf(approvals);
        }
    }

    record Lapsed() implements ProposalStage {}

    record Withdrawn() implements ProposalStage {}

    /** Somebody closed it at the forge. */
    record Denied(String login, Optional<Person> by, Instant at) implements ProposalStage {}

    /** The rules, or what happened meanwhile, no longer allow it. */
    record Refused(Refusal why) implements ProposalStage {}

    /** As {@link Refused}, when why is not known any more; its pull request says. */
    record NoLongerPossible() implements ProposalStage {}

    /** Whether nothing comes after it, unless it is the grant. */
    default boolean isEnding() {
        return switch (this) {
            case Waiting _ -> false;
            case Approved _, Lapsed _, Withdrawn _, Denied _, Refused _, NoLongerPossible _ -> true;
        };
    }
}
