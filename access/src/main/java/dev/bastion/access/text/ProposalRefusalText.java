package dev.bastion.access.text;

import static dev.bastion.access.text.Text.code;
import static dev.bastion.access.text.Text.quote;

import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.SlackApprovalProblem;

/** The words of a pull request that is not merged, and of a decision that does not count. */
final class ProposalRefusalText {
    private ProposalRefusalText() {}

    static RefusalText of(Refusal.OfProposal refusal) {
        return switch (refusal) {
            case Refusal.UnknownHolder(var environment, var holder) ->
                new RefusalText(
                        Text.of(Text.name(holder.id()), ", who would get ", environment, ", is not in people.yaml."),
                        Text.of("Add them to ", code("people.yaml"), "."));
            case Refusal.NotTheAuthor(var environment, var holder, var author) ->
                new RefusalText(
                        Text.of(
                                Text.name(author),
                                " opened this pull request, but ",
                                Text.name(holder.id()),
                                " would get ",
                                environment,
                                "."),
                        Text.of("Let the person who needs access request it."));
            case Refusal.NoOwners(var file) ->
                new RefusalText(
                        Text.of(quote(file), " needs an owner's approval, but the ledger names no owners."),
                        Text.of("Add ", code("owners"), " to ", code("ledger.yaml"), "."));
            case Refusal.EndsBeforeItStarts(var environment) ->
                new RefusalText(
                        Text.of(environment, " would have ended before it starts."), Text.of("Correct its times."));
            case Refusal.ReplacesGrant(var open) ->
                new RefusalText(
                        Text.of(
                                open.environment(),
                                " is open for ",
                                open.holder(),
                                ", and this would replace that grant."),
                        Text.of("End it first."));
            case Refusal.RemovesOpenEnvironment(var open) ->
                new RefusalText(
                        Text.of(
                                open.environment(),
                                " is open for ",
                                open.holder(),
                                ", and this would remove its file."),
                        Text.of("End it first."));
            case Refusal.InvalidFiles(var problem) -> new RefusalText(Text.of(quote(problem)), Text.NONE);
            case Refusal.Altered(var environment) ->
                new RefusalText(
                        Text.of(
                                "The branch of the request for ",
                                environment,
                                " is not what the service wrote, so its approvals no longer count."),
                        Text.of("Request access again."));
            case Refusal.Overtaken(var environment) ->
                new RefusalText(
                        Text.of(environment, " changed on the default branch in the meantime."),
                        Text.of("Update the branch, or request again."));
            case Refusal.Lapsed(var environment) ->
                new RefusalText(
                        Text.of("The request for ", environment, " was not approved in time."),
                        Text.of("Request it again."));
            case Refusal.NotWaiting _ ->
                new RefusalText(
                        Text.of("That request no longer waits for approval."),
                        Text.of("Its message in the channel shows the result."));
            case Refusal.NotInSlack(var proposal) ->
                new RefusalText(
                        Text.of(
                                code(RefusalText.POLICY),
                                " does not let approvals in Slack count for ",
                                proposal.environment(),
                                "."),
                        Text.of("Approve or close ", RefusalText.page(proposal), "."));
            case Refusal.UnsignedApproval(var proposal) ->
                new RefusalText(
                        Text.of("Approvals in Slack need a ledger whose entries are signed, and this one's are not."),
                        Text.of(
                                "Approve or close ",
                                RefusalText.page(proposal),
                                ", and ask the platform team to set a signing key."));
            case Refusal.MayNotDecide(var proposal, var person, var why) ->
                new RefusalText(
                        Text.of(
                                person,
                                " cannot decide on the request for ",
                                proposal.environment(),
                                ": ",
                                whyNot(why),
                                "."),
                        Text.of(code(RefusalText.POLICY), " lists its approvers."));
            case Refusal.NotYourProposal(var proposal) ->
                new RefusalText(
                        Text.of("Only ", proposal.requester(), " can withdraw this request."),
                        Text.of("To deny it, close ", RefusalText.page(proposal), "."));
        };
    }

    /** Why a person may not decide on a request, as a clause. */
    private static String whyNot(SlackApprovalProblem why) {
        return switch (why) {
            case UNKNOWN_PERSON -> "people.yaml does not have their Slack id";
            case OWN_REQUEST -> "nobody approves or denies their own access";
            case NOT_AN_APPROVER -> "they are not an approver";
            case AUDIENCE_UNKNOWN -> "it is not known at present whether they are an approver";
            case INACTIVE_ACCOUNT -> "their account is not active";
            case OWN_PUSH -> "they pushed to the pull request";
            case OTHER_COMMIT -> "it changed since the form was opened, so open the form again";
            case TOO_LATE -> "it has lapsed";
        };
    }
}
