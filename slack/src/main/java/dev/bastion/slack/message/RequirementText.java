package dev.bastion.slack.message;

import com.slack.api.model.block.LayoutBlock;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a proposal still wants, one sentence for each. What the forge and CI say is anybody's text. */
public final class RequirementText {
    private static final int EXCERPT = 200;
    private static final int MOST_SECTIONS = 2;

    private RequirementText() {}

    /** A heading and a line for each; nothing where nothing is wanted. */
    public static List<LayoutBlock> list(String heading, List<UnmetRequirement> unmet) {
        if (unmet.isEmpty()) {
            return List.of();
        }
        Stream<String> lines = unmet.stream().map(each -> "• " + sentence(each));
        return Blocks.lines(Stream.concat(Stream.of(heading), lines).toList(), MOST_SECTIONS);
    }

    static String sentence(UnmetRequirement unmet) {
        return switch (unmet) {
            case UnmetRequirement.Approvals(int given, int needed) ->
                needed == 1 ? "an approval" : given + " of " + needed + " approvals so far";
            case UnmetRequirement.OlderCommit(var login, var reviewed) ->
                name(login) + " approved an older commit (" + Mrkdwn.code(reviewed.brief()) + "), not this one";
            case UnmetRequirement.UnknownLogin(var login) ->
                name(login) + " approved, and `people.yaml` does not say who that is";
            case UnmetRequirement.OwnRequest(var requester, var login) ->
                name(login) + " approved, and is " + Mrkdwn.bold(requester.name())
                        + ", who asks or has it already: nobody approves their own access";
            case UnmetRequirement.NotAnApprover(var person, var login) ->
                name(login) + " approved, and " + Mrkdwn.bold(person.name()) + " is not one of its approvers";
            case UnmetRequirement.ChangesRequested(var login) -> name(login) + " wants something changed";
            case UnmetRequirement.Plan(var run) -> "CI has not said yet what would change" + at(run, "run");
            case UnmetRequirement.FailedPlan(var what, var run) ->
                "CI does not let the plan pass: " + Mrkdwn.excerpt(what, EXCERPT) + at(run, "log");
            case UnmetRequirement.Forge(boolean workingItOut) ->
                workingItOut
                        ? "the forge is working out whether it can be merged"
                        : "the forge does not let it through yet: one of its own rules is not met";
        };
    }

    private static String name(String login) {
        return Mrkdwn.bold(login);
    }

    private static String at(Optional<URI> run, String label) {
        return run.map(address -> " (" + Mrkdwn.link(address, label) + ")").orElse("");
    }
}
