package dev.bastion.access.policy;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.proposal.UnmetRequirement;
import java.util.List;

/** Whether a pull request obeys the policy. */
public sealed interface PolicyVerdict {
    /**
     * It does.
     *
     * @param effects what it does to access; nothing when it changes no grant
     */
    record Pass(List<Effect> effects) implements PolicyVerdict {
        public Pass {
            effects = List.copyOf(effects);
        }
    }

    /** It will, when somebody does something about each of these. */
    record Waiting(List<Unmet> reasons) implements PolicyVerdict {
        public Waiting {
            reasons = List.copyOf(reasons);
        }
    }

    /** Never, as it is; all the reasons. */
    record Fail(List<Violation> reasons) implements PolicyVerdict {
        public Fail {
            reasons = List.copyOf(reasons);
        }
    }

    /** @param approvals those it needed and has */
    record Effect(Kind kind, EnvironmentName environment, List<Approval> approvals) {
        public Effect {
            approvals = List.copyOf(approvals);
        }
    }

    /** What happens to access. */
    enum Kind {
        OPENS,
        EXTENDS,
        SHORTENS,
        CLOSES
    }

    record Unmet(EnvironmentName environment, UnmetRequirement what) {}
}
