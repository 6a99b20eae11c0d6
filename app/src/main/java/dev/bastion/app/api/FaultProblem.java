package dev.bastion.app.api;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.text.FaultText;
import dev.bastion.access.text.Markup;

/** The problems of systems behind the service. */
final class FaultProblem {
    private FaultProblem() {}

    static ApiResponse of(Fault fault) {
        ProblemType type = switch (fault) {
            case Fault.Refused _ -> ProblemType.REFUSED_BY_SYSTEM;
            case Fault.Unknown _ -> ProblemType.OUTCOME_UNKNOWN;
            case Fault.Later _ -> ProblemType.UNAVAILABLE;
        };
        ApiResponse problem =
                ApiResponse.problem(type, FaultText.ofCommand(fault).in(Markup.PLAIN));
        return fault instanceof Fault.Later later
                ? later.retryAfter().map(problem::retryAfter).orElse(problem)
                : problem;
    }
}
