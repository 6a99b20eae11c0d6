package dev.bastion.access.text;

import static dev.bastion.access.text.Text.code;
import static dev.bastion.access.text.Text.name;
import static dev.bastion.access.text.Text.quote;

import dev.bastion.access.proposal.SlackApprovalProblem;
import dev.bastion.access.proposal.UnmetRequirement;
import java.net.URI;
import java.util.Optional;

/** The words of every requirement that is not met yet, for every medium: a phrase that follows "Waiting for:". */
public final class RequirementText {
    private RequirementText() {}

    public static Text of(UnmetRequirement unmet) {
        return switch (unmet) {
            case UnmetRequirement.Approvals(int given, int needed) ->
                Text.of(given + " of " + RefusalText.approvals(needed));
            case UnmetRequirement.Start(var notBefore) -> Text.of("its start, ", notBefore);
            case UnmetRequirement.Taken(var grant) ->
                Text.of(grant.environment(), ", which is open for ", grant.holder(), " until ", grant.expiresAt());
            case UnmetRequirement.OwnerApproval(var file, int more) ->
                Text.of(
                        "an owner's approval of ",
                        quote(file),
                        more == 0 ? "" : more == 1 ? " and 1 other file" : " and " + more + " other files");
            case UnmetRequirement.OlderCommit(var login, var reviewed) ->
                Text.of(name(login), " approved ", code(reviewed.brief()), ", which is not the current commit");
            case UnmetRequirement.UnknownLogin(var login) ->
                Text.of(name(login), " approved, but is not in people.yaml");
            case UnmetRequirement.OwnRequest(var person, var login) ->
                Text.of(name(login), " (", person, ") cannot approve their own access");
            case UnmetRequirement.OwnPush(var person, var login) ->
                Text.of(name(login), " (", person, ") pushed to it, so their approval does not count");
            case UnmetRequirement.UnknownPusher _ ->
                Text.of("one approval more than usual, because GitHub does not say who pushed it");
            case UnmetRequirement.NotAnApprover(var person, var login) ->
                Text.of(name(login), " (", person, ") approved, but is not an approver");
            case UnmetRequirement.AudienceUnknown(var audience) ->
                Text.of(
                        audience.scheme().system(),
                        ", which does not say at present who is in ",
                        code(audience.value()));
            case UnmetRequirement.InactiveReviewer(var person, var login, var why) ->
                Text.of(name(login), " (", person, ") approved, but ", RefusalText.accountOf(why));
            case UnmetRequirement.DisregardedInSlack(var person, var why) ->
                Text.of(person, " approved in Slack, but ", problemOf(why));
            case UnmetRequirement.ChangesRequested(var login) -> Text.of(name(login), " requested changes");
            case UnmetRequirement.Plan(var run) -> Text.of("CI's plan", at(run, "run"));
            case UnmetRequirement.FailedPlan(var what, var run) ->
                Text.of("CI's plan failed: ", quote(what), at(run, "log"));
            case UnmetRequirement.Forge(boolean workingItOut) ->
                Text.of(
                        workingItOut
                                ? "GitHub to check whether it can be merged"
                                : "GitHub: a rule of the repository is not met yet");
            case UnmetRequirement.MergeRefused(var answer, var remedy) ->
                Text.of("GitHub, which refused the merge: ", quote(answer), ". To fix it: ", quote(remedy));
        };
    }

    /** Words that follow "approved in Slack, but". */
    private static String problemOf(SlackApprovalProblem why) {
        return switch (why) {
            case UNKNOWN_PERSON -> "is not in people.yaml";
            case OWN_REQUEST -> "cannot approve their own access";
            case NOT_AN_APPROVER -> "is not an approver";
            case AUDIENCE_UNKNOWN -> "it is not known at present whether they are an approver";
            case INACTIVE_ACCOUNT -> "their account is not active";
            case OWN_PUSH -> "pushed to the pull request";
            case OTHER_COMMIT -> "for a commit that is not the current one";
            case TOO_LATE -> "after the request had lapsed";
        };
    }

    private static Text at(Optional<URI> run, String label) {
        return run.map(address -> Text.of(" (", new Text.Part.Link(address, label), ")"))
                .orElse(Text.NONE);
    }
}
