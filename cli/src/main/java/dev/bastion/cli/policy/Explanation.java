package dev.bastion.cli.policy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.text.Markup;
import dev.bastion.access.text.RefusalText;
import dev.bastion.access.text.RequirementText;
import java.util.stream.Collectors;

/** An evaluation check by check, under the names that a pull request shows too. */
record Explanation(Evaluation evaluation) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The checks that are not passed, in one line. */
    String summary() {
        String checks = evaluation.checks().stream()
                .filter(check -> !(check.result() instanceof Check.Result.Passed))
                .map(check -> check.name() + ": " + words(check))
                .collect(Collectors.joining(" "));
        return checks.isEmpty() ? "every check passed" : checks;
    }

    /** A line for each check. */
    String tree() {
        return evaluation.checks().stream()
                .map(check -> "  %-8s %-12s %s"
                        .formatted(result(check), check.name(), words(check))
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    ArrayNode json() {
        ArrayNode checks = JSON.createArrayNode();
        evaluation
                .checks()
                .forEach(check -> checks.addObject()
                        .put("name", check.name().toString())
                        .put("result", result(check))
                        .put("text", words(check)));
        return checks;
    }

    private static String result(Check check) {
        return switch (check.result()) {
            case Check.Result.Passed _ -> "passed";
            case Check.Result.Unmet _ -> "unmet";
            case Check.Result.Failed _ -> "failed";
        };
    }

    private static String words(Check check) {
        return switch (check.result()) {
            case Check.Result.Passed _ -> "";
            case Check.Result.Unmet(var reasons) ->
                reasons.stream()
                        .map(reason -> RequirementText.of(reason).in(Markup.PLAIN))
                        .collect(Collectors.joining(", "));
            case Check.Result.Failed(Refusal.AudienceUnknown(var _, var audience, var _)) ->
                "depends on who is in " + audience + ", which "
                        + audience.scheme().system() + " answers; suppose a member with --member " + audience
                        + "=PERSON";
            case Check.Result.Failed(var refusal) ->
                RefusalText.of(refusal).fact().in(Markup.PLAIN);
        };
    }
}
