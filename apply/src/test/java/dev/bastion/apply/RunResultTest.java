package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.bastion.apply.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunResultTest {

    @Test
    void jsonHasEveryField() {
        assertThat(result(Outcome.APPLIED, Optional.empty(), List.of()).json()).isEqualTo("""
                {
                  "environment" : "dev",
                  "command" : "apply",
                  "action" : "open",
                  "driver" : "cdktf",
                  "commit" : "0123456789012345678901234567890123456789",
                  "requestId" : null,
                  "outcome" : "applied",
                  "exitCode" : 0,
                  "failedStep" : null,
                  "message" : null,
                  "summary" : "+1 instance",
                  "counts" : {
                    "create" : 1,
                    "update" : 0,
                    "replace" : 0,
                    "destroy" : 0
                  },
                  "changes" : [ {
                    "action" : "create",
                    "address" : "module.bastion.aws_instance.bastion[0]"
                  } ],
                  "objections" : [ ],
                  "leftBehind" : [ ],
                  "outputs" : {
                    "instance_id" : "i-1"
                  },
                  "startedAt" : "2026-01-15T10:30:00Z",
                  "durationMillis" : 31000,
                  "stepMillis" : {
                    "init" : 2000
                  }
                }
                """);
    }

    @Test
    void markdownIsAPullRequestComment() {
        assertThat(result(
                                Outcome.REFUSED,
                                Optional.of("the guard refused this plan"),
                                List.of("the plan <b>creates</b> `x` for @everyone\n# now"))
                        .markdown())
                .isEqualTo("""
                ### Plan for `dev`: open

                +1 instance

                **Refused**

                - the plan \\<b\\>creates\\</b\\> \\`x\\` for @\u200beveryone \\# now

                **Failed**

                - the guard refused this plan

                <details><summary>1 resources</summary>

                - create `module.bastion.aws_instance.bastion[0]`

                </details>

                by the cdktf driver, for commit `0123456789012345678901234567890123456789`
                """);
    }

    private static RunResult result(Outcome outcome, Optional<String> message, List<String> objections) {
        return new RunResult(
                "dev",
                "apply",
                "open",
                "cdktf",
                Optional.of("0123456789012345678901234567890123456789"),
                Optional.empty(),
                outcome,
                message.map(_ -> "guard"),
                message,
                "+1 instance",
                List.of(new ChangedResource("create", "module.bastion.aws_instance.bastion[0]")),
                objections,
                List.of(),
                Map.of("instance_id", TextNode.valueOf("i-1")),
                Instant.parse("2026-01-15T10:30:00Z"),
                Duration.ofSeconds(31),
                Map.of("init", Duration.ofSeconds(2)));
    }
}
