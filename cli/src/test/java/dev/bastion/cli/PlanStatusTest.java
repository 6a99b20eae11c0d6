package dev.bastion.cli;

import static dev.bastion.cli.FakeStatusApi.COMMIT;
import static dev.bastion.cli.FakeStatusApi.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.apply.OutcomeReporter;
import dev.bastion.apply.run.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plan statuses over a socket: on the pull request's head, whichever commit last changed the file. */
@Timeout(60)
class PlanStatusTest {
    private static final CommitId HEAD = new CommitId("a".repeat(40));

    private FakeStatusApi github;

    @BeforeEach
    void start() throws IOException {
        github = new FakeStatusApi();
    }

    @AfterEach
    void stop() {
        github.close();
    }

    @Test
    void aPlanIsPendingThenSummarised() {
        OutcomeReporter reporter = reporter();
        reporter.started("prod/orders", Optional.of(COMMIT));
        reporter.succeeded(result("prod/orders", "plan", Outcome.PLANNED, List.of()));
        assertThat(github.statuses)
                .containsExactly(
                        HEAD + " bastion/plan/prod/orders pending planning",
                        HEAD + " bastion/plan/prod/orders success +1 instance");
    }

    @Test
    void aRefusedPlanHasItsObjections() {
        reporter()
                .failed(result(
                        "prod/orders",
                        "plan",
                        Outcome.REFUSED,
                        List.of("aws_vpc.x is not the bastion's", "aws_iam_role.y either")));
        assertThat(github.statuses)
                .containsExactly(HEAD + " bastion/plan/prod/orders failure refused: aws_vpc.x is not the bastion's;"
                        + " aws_iam_role.y either");
    }

    private OutcomeReporter reporter() {
        return GithubStatusReporter.forPlan(HEAD, github.environment());
    }
}
