package dev.bastion.slack.status;

import com.slack.api.model.block.LayoutBlock;
import dev.bastion.access.grant.Person;
import dev.bastion.access.state.PersonalStatus;
import dev.bastion.access.state.StatusReport;
import dev.bastion.slack.message.RequestModal;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.SlackMessage;
import java.util.ArrayList;
import java.util.List;

/** The card of {@code /bastion help}: what this person may request, what else is open, and the commands. */
public final class HelpMessage {
    private static final int MOST_SECTIONS = 8;
    private static final String COMMANDS = """
        `/bastion create dev 2h why you need it` requests access, and asks the approvers where approval is required (duration and reason are optional)
        `/bastion create prod --break-glass INC-12` opens it without waiting for approval, where the policy allows it; I notify all approvers
        `/bastion status` · `/bastion status dev` shows what is open, and for whom
        `/bastion me` shows your access and your requests · `/bastion requests` shows what waits for you
        `/bastion connect dev` shows the commands to connect with
        `/bastion extend dev` · `/bastion extend dev 1h` extends access
        `/bastion destroy dev` · `/bastion end dev` ends access now, or withdraws a request
        `/bastion history dev` lists past grants
        `/bastion doctor dev` finds out why nobody can connect, or why it does not end\
        """;

    private HelpMessage() {}

    public static SlackMessage of(StatusReport report, Person person) {
        PersonalStatus mine = PersonalStatus.of(report, person);
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.section(
                "I grant temporary database access. Every grant is a git commit and expires automatically."));
        blocks.addAll(requestable(report, mine));
        List<StatusReport.Line> elsewhere =
                mine.other().stream().filter(StatusLines::isOfNote).toList();
        if (!elsewhere.isEmpty()) {
            blocks.add(Blocks.section("*Other environments*"));
            blocks.addAll(EnvironmentList.of(elsewhere, MOST_SECTIONS));
        }
        if (!mine.requestable().isEmpty()) {
            blocks.add(Blocks.actions(List.of(Blocks.button(RequestModal.OPEN_ACTION, "Request access", "help"))));
        }
        blocks.add(Blocks.section(COMMANDS));
        return StatusMessages.asOf(
                new SlackMessage("What you may request, and the commands", blocks), report.outages());
    }

    private static List<LayoutBlock> requestable(StatusReport report, PersonalStatus mine) {
        if (report.lines().isEmpty()) {
            return List.of(Blocks.section("There are no environments yet."));
        }
        if (mine.requestable().isEmpty()) {
            return List.of(Blocks.section(NOTHING_TO_REQUEST));
        }
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.section("*You may request*"));
        blocks.addAll(EnvironmentList.of(mine.requestable(), MOST_SECTIONS));
        return blocks;
    }

    /** What a person reads who may request no environment. */
    public static final String NOTHING_TO_REQUEST =
            "You are not allowed to request any environment. `access-policy.yaml` lists who is.";
}
