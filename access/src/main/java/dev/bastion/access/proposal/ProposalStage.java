package dev.bastion.access.proposal;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.Person;
import dev.bastion.access.membership.ExternalAudience;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The stage of a proposal, as shown to people. */
public sealed interface ProposalStage {
    /** The stage of a proposal that the service closed. */
    static ProposalStage of(ProposalSnapshot.Ending ending) {
        return switch (ending) {
            case LAPSED -> new Lapsed();
            case WITHDRAWN -> new Withdrawn();
            case REFUSED -> new NoLongerPossible();
        };
    }

    /**
     * @param approvers the people who may approve; with no audiences either, everyone with a known login may
     * @param audiences the external audiences whose members may approve
     */
    record Waiting(
            List<UnmetRequirement> reasons, List<Person> approvers, List<ExternalAudience> audiences, int approvals)
            implements ProposalStage {
        public Waiting {
            reasons = List.copyOf(reasons);
            approvers = List.copyOf(approvers);
            audiences = List.copyOf(audiences);
        }

        public Waiting(List<UnmetRequirement> reasons, List<Person> approvers, int approvals) {
            this(reasons, approvers, List.of(), approvals);
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

    /**
     * Closed on GitHub by a person, or denied in Slack.
     *
     * @param login on GitHub; empty text for a denial in Slack
     * @param words what they wrote, as one line; empty text when nothing, or while the ledger does not have it
     */
    record Denied(String login, Optional<Person> by, Instant at, String words) implements ProposalStage {
        public Denied(String login, Optional<Person> by, Instant at) {
            this(login, by, at, "");
        }
    }

    /** No longer allowed. */
    record Refused(Refusal why) implements ProposalStage {}

    /** As {@link Refused}, for a reason that only the pull request names. */
    record NoLongerPossible() implements ProposalStage {}
}
