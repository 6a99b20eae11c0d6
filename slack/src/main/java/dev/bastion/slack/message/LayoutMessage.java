package dev.bastion.slack.message;

import dev.bastion.access.state.LayoutProblem;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.util.List;

/** The alarm for a {@link LayoutProblem}. */
public final class LayoutMessage {
    private static final int EXCERPT = 300;

    private LayoutMessage() {}

    public static SlackMessage of(LayoutProblem problem) {
        String what = switch (problem.kind()) {
            case LOOKALIKE -> " looks like a bastion and is no environment: ";
            case UNAPPROVED -> " was changed without the approval that the policy asks for: ";
            case SLOTS -> " names slots that are not there: ";
        };
        String next = switch (problem.kind()) {
            case LOOKALIKE ->
                "`bastion apply` does not open it, and I do not watch it. Remove it, or move it where a pattern of"
                        + " `ledger.yaml` names it.";
            case UNAPPROVED ->
                "Approve the pull request on GitHub, although it is merged, or revert the commit. Until then I open no"
                        + " environment whose configuration it changed.";
            case SLOTS ->
                "Add each file, or lower the number. Until then fewer people can have the environment at once.";
        };
        String headline = "🚨 " + Mrkdwn.code(problem.path()) + what + Mrkdwn.excerpt(problem.problem(), EXCERPT);
        return new SlackMessage(headline, List.of(Blocks.section(headline), Blocks.section(next)))
                .with(Blocks.context("Changed by " + Mrkdwn.excerpt(problem.by(), EXCERPT) + " in commit "
                        + Mrkdwn.code(problem.commit().brief())));
    }
}
