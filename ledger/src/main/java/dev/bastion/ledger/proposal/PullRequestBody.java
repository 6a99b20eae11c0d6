package dev.bastion.ledger.proposal;

import static dev.bastion.github.MarkdownMarkup.MARKDOWN;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.text.RefusalText;
import dev.bastion.access.text.RequirementText;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The body of a proposal's pull request, in GitHub's Markdown. Text that people typed, and their names, are code spans, as
 * in {@link dev.bastion.github.MarkdownMarkup}.
 */
final class PullRequestBody {
    private PullRequestBody() {}

    static String of(ProposedChange change, AccessPolicy policy) {
        EnvironmentRules rules = policy.rulesOf(change.environment());
        String requester = MARKDOWN.code(change.requester().name());
        return """
                %s

                - **Reason:** %s
                - **Duration:** %s%s
                - **Extension without another approval:** %s
                - **Approvers:** %s; %s
                - **Lapses** at %s
                - **Checks** of `bastion/policy`: %s

                **To approve:** *Files changed* → *Review changes* → *Approve*. The service then merges it; do not merge it \
                yourself. **To deny:** close it, or request changes.

                %s cannot approve this request from any account. An approval counts for the current commit only: a push to \
                this branch invalidates the request.
                """.formatted(
                request(change),
                change.reason().isGiven() ? MARKDOWN.code(change.reason().text()) : "none",
                duration(change),
                change.notBefore().map(start -> "\n- **Not-Before:** " + start).orElse(""),
                coveredExtension(change, rules.proposals()),
                approvers(change, policy),
                count(rules.approvals()),
                change.lapsesAt(),
                checks(policy.evaluate(change)),
                requester);
    }

    private static String checks(Evaluation evaluation) {
        return evaluation.checks().stream()
                .map(check -> switch (check.result()) {
                    case Check.Result.Passed _ -> check.name() + " passed";
                    case Check.Result.Failed(var refusal) ->
                        check.name() + ": " + RefusalText.of(refusal).fact().in(MARKDOWN);
                    case Check.Result.Unmet(var reasons) ->
                        check.name() + ": "
                                + reasons.stream()
                                        .map(reason ->
                                                RequirementText.of(reason).in(MARKDOWN))
                                        .collect(Collectors.joining(", "));
                })
                .collect(Collectors.joining(" · "));
    }

    private static String request(ProposedChange change) {
        String requester = MARKDOWN.code(change.requester().name());
        return switch (change) {
            case ProposedChange.Opening opening ->
                requester + " requests access to "
                        + MARKDOWN.code(opening.environment().value()) + ".";
            case ProposedChange.Extension(var _, Grant from, var _, var _, var _, var _, var _) ->
                requester + " requests to extend the access of "
                        + MARKDOWN.code(from.holder().name()) + " to "
                        + MARKDOWN.code(from.environment().value()) + ".";
        };
    }

    private static String duration(ProposedChange change) {
        return switch (change) {
            case ProposedChange.Opening opening ->
                opening.duration()
                        + opening.notBefore()
                                .map(start -> ", not before " + start + " and not after ")
                                .orElse(" from the approval, until ")
                        + opening.latestEnd();
            case ProposedChange.Extension extension ->
                "until %s instead of %s, %s in total"
                        .formatted(
                                extension.newEnd(), extension.from().expiresAt(), new GrantDuration(total(extension)));
        };
    }

    private static Duration total(ProposedChange.Extension extension) {
        return Duration.between(extension.from().createdAt(), extension.newEnd());
    }

    private static String coveredExtension(ProposedChange change, ApprovalRules rules) {
        Duration approved = switch (change) {
            case ProposedChange.Opening opening -> opening.duration().length();
            case ProposedChange.Extension extension -> total(extension);
        };
        return rules.covers().compareTo(approved) > 0
                ? "up to " + new GrantDuration(rules.covers()) + " in total"
                : "none";
    }

    private static String approvers(ProposedChange change, AccessPolicy policy) {
        Audience approvers = policy.rulesOf(change.environment()).approvers();
        // the text is not written again, so it names no member of the present
        Stream<String> people = policy.approversOf(change.environment(), change.beneficiaries()).stream()
                .filter(approvers.withoutExternal()::includes)
                .map(person -> MARKDOWN.code(person.name()) + login(person, policy));
        Stream<String> audiences =
                approvers.audiences().stream().map(audience -> "the members of " + MARKDOWN.code(audience.value()));
        String names = Stream.concat(people, audiences).collect(Collectors.joining(", "));
        return names.isEmpty() ? "everyone with a GitHub login in `people.yaml`" : names;
    }

    private static String login(Person person, AccessPolicy policy) {
        return policy.people()
                .loginOf(person)
                .map(login -> " (" + MARKDOWN.code(login) + ")")
                .orElse(" (no login in `people.yaml`: their approval does not count)");
    }

    private static String count(int approvals) {
        return approvals == 0
                ? "no approval is required"
                : approvals == 1 ? "one approval is required" : approvals + " approvals are required";
    }
}
