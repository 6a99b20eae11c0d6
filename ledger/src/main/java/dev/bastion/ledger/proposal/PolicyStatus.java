package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.CheckName;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.review.PullRequestEvaluation;
import dev.bastion.access.text.Markup;
import dev.bastion.access.text.RefusalText;
import dev.bastion.access.text.RequirementText;
import dev.bastion.github.CommitStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An evaluation as the commit status {@code bastion/policy}: its state, and one line that names every check that has not
 * passed.
 */
record PolicyStatus(CommitStatus.State state, String description) {
    /** GitHub's limit for a description, in characters. */
    private static final int LONGEST = 140;

    static PolicyStatus of(PullRequestEvaluation evaluation) {
        return switch (evaluation.verdict()) {
            case ALLOWED -> new PolicyStatus(CommitStatus.State.SUCCESS, cut(allowed(evaluation)));
            case NEEDS -> new PolicyStatus(CommitStatus.State.PENDING, cut(lines(evaluation)));
            case REFUSED -> new PolicyStatus(CommitStatus.State.FAILURE, cut(lines(evaluation)));
        };
    }

    private static String allowed(PullRequestEvaluation evaluation) {
        Stream<String> owners = evaluation.files().checks().stream()
                .filter(check -> check.name() == CheckName.OWNERS)
                .map(_ -> "configures the ledger" + approved(evaluation.files()));
        String effects = Stream.concat(owners, evaluation.changes().stream().map(PolicyStatus::effect))
                .collect(Collectors.joining("; "));
        return effects.isEmpty() ? "changes no access" : effects;
    }

    private static String effect(PullRequestEvaluation.Change change) {
        return change.effect().name().toLowerCase(Locale.ROOT) + " " + change.environment()
                + approved(change.evaluation());
    }

    private static String approved(Evaluation evaluation) {
        String by = evaluation.approvals().stream().map(PolicyStatus::approver).collect(Collectors.joining(", "));
        return by.isEmpty() ? "" : ", approved by " + by;
    }

    private static String approver(Approval approval) {
        return switch (approval.given()) {
            case Approval.Given.Review(var login, var _) -> login;
            case Approval.Given.InSlack _ -> approval.by().name() + " in Slack";
        };
    }

    /** The failed checks; the unmet ones only when none failed, because they do not matter before. */
    private static String lines(PullRequestEvaluation evaluation) {
        List<String> failed = lines(evaluation, Check.Result.Failed.class);
        List<String> all = failed.isEmpty() ? lines(evaluation, Check.Result.Unmet.class) : failed;
        String count = all.size() == 1 ? "" : all.size() + " checks: ";
        return count + String.join("; ", all);
    }

    private static List<String> lines(PullRequestEvaluation evaluation, Class<? extends Check.Result> kind) {
        Stream<String> files = evaluation.files().checks().stream()
                .filter(check -> kind.isInstance(check.result()))
                .map(check -> line(check, Optional.empty()));
        Stream<String> changes = evaluation.changes().stream()
                .flatMap(change -> change.evaluation().checks().stream()
                        .filter(check -> kind.isInstance(check.result()))
                        .map(check -> line(check, Optional.of(change.environment()))));
        return Stream.concat(files, changes).toList();
    }

    private static String line(Check check, Optional<EnvironmentName> environment) {
        return switch (check.result()) {
            case Check.Result.Passed _ -> check.name() + ": passed";
            case Check.Result.Failed(var refusal) ->
                check.name() + ": "
                        + RefusalText.of(refusal).fact().in(Markup.PLAIN).replaceAll("\\.$", "");
            case Check.Result.Unmet(var reasons) ->
                check.name() + environment.map(name -> " of " + name).orElse("") + ": "
                        + reasons.stream()
                                .map(reason -> RequirementText.of(reason).in(Markup.PLAIN))
                                .collect(Collectors.joining(", "));
        };
    }

    private static String cut(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
