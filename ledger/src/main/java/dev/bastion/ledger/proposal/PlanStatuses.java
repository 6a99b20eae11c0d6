package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.github.CommitStatus;
import java.util.List;

/**
 * The parser of CI's plan for a proposal: the commit status {@code bastion/plan/<environment>} of its head. Every account
 * with write access can post one, so only CI's own counts.
 *
 * @param ciLogin the account that CI posts as, like {@code github-actions[bot]}
 */
record PlanStatuses(String ciLogin) {
    PlanStatus in(List<CommitStatus> statuses, EnvironmentName environment) {
        String context = "bastion/plan/" + environment;
        return statuses.stream()
                .filter(status -> status.context().equals(context))
                .filter(status -> GithubLogin.areSame(status.by(), ciLogin))
                .findFirst()
                .map(PlanStatuses::report)
                .orElse(new PlanStatus.Missing());
    }

    private static PlanStatus report(CommitStatus status) {
        return switch (status.state()) {
            case PENDING -> new PlanStatus.Running(status.run());
            case SUCCESS -> new PlanStatus.Passed(status.description(), status.run());
            case FAILURE, ERROR -> new PlanStatus.Failed(status.description(), status.run());
        };
    }
}
