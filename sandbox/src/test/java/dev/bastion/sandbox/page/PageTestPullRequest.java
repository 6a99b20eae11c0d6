package dev.bastion.sandbox.page;

import java.time.Instant;
import java.util.List;

/** A pull request as one sees them. */
final class PageTestPullRequest {
    private static final String BODY = """
            **john.doe** asks for `prod` for 2 h: "INC-12 slow <query> on orders"

            | | |
            |---|---|
            | From | the moment of approval |
            | Until | 2 h later, at most |
            | Needs | 1 approval of the [platform team](https://example.org/platform) |

            Approve this pull request to open it. <img src=x onerror="document.title = 'taken'">
            It lapses at 11:30 UTC. [a trap](javascript:alert(1))
            """;
    private static final String PLAN = """
            ### Plan for `prod`: open

            +1 instance, +1 ingress rule on sg-0a1b2c3d

            <details><summary>2 resources</summary>

            - create `module.bastion.aws_instance.this[0]`
            - create `module.bastion.aws_vpc_security_group_ingress_rule.rds[0]`

            </details>

            by the cdktf driver
            """;
    private static final String DIFF = """
            diff --git a/environments/prod/bastion/terragrunt.hcl b/environments/prod/bastion/terragrunt.hcl
            index 1111111..2222222 100644
            --- a/environments/prod/bastion/terragrunt.hcl
            +++ b/environments/prod/bastion/terragrunt.hcl
            @@ -20,4 +20,4 @@ inputs = {
            -  deploy_bastion        = 0
            -  requested_by_user_id  = ""
            +  deploy_bastion        = 1
            +  requested_by_user_id  = "U12345678"
               instance_type         = "t4g.nano"
            """;

    private PageTestPullRequest() {}

    static PullRequestView of(String state, Instant now, PullRequestView.Said... talk) {
        return new PullRequestView(
                12,
                "bastion(prod): open for john.doe for 2h",
                state,
                "bastion[bot]",
                now,
                state.equals("open") ? "" : "bastion[bot]",
                "bastion/prod/01JHR7Z9C0V6T1",
                "main",
                "c".repeat(40),
                BODY,
                DIFF,
                List.of("bastion"),
                List.of("janeroe"),
                List.of(PLAN),
                List.of(
                        new PullRequestView.Check(
                                "bastion/plan/prod",
                                "success",
                                "+1 instance, +1 ingress rule on sg-0a1b2c3d",
                                "http://127.0.0.1/ci/3"),
                        new PullRequestView.Check(
                                "bastion/policy", "pending", "0 of 1 approval", "javascript:alert(1)")),
                List.of(talk));
    }
}
