package dev.bastion.ledger;

import dev.bastion.access.EnvironmentName;
import dev.bastion.access.PlanReport;
import dev.bastion.ledger.github.PostedStatus;
import java.util.List;

/** Reads what CI says a proposal would change: a commit status on its head, {@code bastion/plan/<environment>}. */
final class Plans {
    private Plans() {}

    static PlanReport in(List<PostedStatus> said, EnvironmentName environment) {
        String context = "bastion/plan/" + environment;
        return said.stream()
                .filter(status -> status.context().equals(context))
                .findFirst()
                .map(Plans::report)
                .orElse(new PlanReport.Missing());
    }

    private static PlanReport report(PostedStatus status) {
        return switch (status.state()) {
            case PENDING -> new PlanReport.Running(status.run());
            case SUCCESS -> new PlanReport.Passed(status.description(), status.run());
            case FAILURE, ERROR -> new PlanReport.Failed(status.description(), status.run());
        };
    }
}
