package dev.bastion.slack.home;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.view.View;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Person;
import dev.bastion.access.state.PersonalStatus;
import dev.bastion.access.state.StatusReport;
import dev.bastion.slack.message.RequestModal;
import dev.bastion.slack.status.EnvironmentList;
import dev.bastion.slack.status.HelpMessage;
import dev.bastion.slack.status.PersonalMessages;
import dev.bastion.slack.status.StatusLines;
import dev.bastion.slack.status.StatusMessages;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.SlackMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The App Home of one person, of at most a hundred blocks
 * (https://docs.slack.dev/reference/views/home-tab-views). An equal report gives equal bytes, so that it is published only
 * when it changes.
 */
final class HomeView {
    private static final int MOST_GRANTS = 8;
    private static final int MOST_REQUESTABLE = 20;
    private static final int MOST_SECTIONS = 5;

    private HomeView() {}

    /** @param waits the environments that the person waits for */
    static View of(StatusReport report, Person person, List<LayoutBlock> waits) {
        PersonalStatus mine = PersonalStatus.of(report, person);
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.header("Your access"));
        blocks.addAll(grants(mine));
        blocks.addAll(PersonalMessages.toApprove(report, mine));
        blocks.addAll(PersonalMessages.waiting(mine));
        blocks.addAll(waits);
        blocks.addAll(requestable(mine));
        blocks.addAll(openForOthers(report, mine));
        blocks.addAll(StatusMessages.asOf(new SlackMessage("", List.of()), report.outages())
                .blocks());
        return view(blocks);
    }

    /** A sentence instead: why there is nothing to show. */
    static View of(String sentence) {
        return view(List.of(Blocks.section(sentence)));
    }

    private static View view(List<LayoutBlock> blocks) {
        return View.builder().type("home").blocks(blocks).build();
    }

    private static List<LayoutBlock> grants(PersonalStatus mine) {
        List<LayoutBlock> blocks = new ArrayList<>();
        if (mine.grants().isEmpty()) {
            blocks.add(Blocks.section("You have no access now."));
        }
        for (StatusReport.Line line : mine.grants().stream().limit(MOST_GRANTS).toList()) {
            blocks.add(Blocks.section(StatusLines.headline(line)));
            line.state()
                    .inForce()
                    .ifPresent(grant -> blocks.add(Blocks.actions(PersonalMessages.buttons(line, grant))));
        }
        int more = mine.grants().size() - MOST_GRANTS;
        if (more > 0) {
            blocks.add(Blocks.section("… and " + more + " more in `/bastion me`"));
        }
        return blocks;
    }

    /** Those that a person can request at once, each with its button. */
    private static List<LayoutBlock> requestable(PersonalStatus mine) {
        List<LayoutBlock> blocks = new ArrayList<>(List.of(Blocks.header("You may request")));
        if (mine.requestable().isEmpty()) {
            blocks.add(Blocks.section(HelpMessage.NOTHING_TO_REQUEST));
            return blocks;
        }
        blocks.add(Blocks.actions(List.of(Blocks.button(RequestModal.OPEN_ACTION, "Request access", "home"))));
        List<StatusReport.Line> closed = closed(mine);
        if (closed.isEmpty()) {
            blocks.add(Blocks.section("Every environment that you may request is open or cannot be read."));
        }
        for (StatusReport.Line line : closed.stream().limit(MOST_REQUESTABLE).toList()) {
            String name = line.state().environment().withoutSlot().value();
            blocks.add(Blocks.section(
                    StatusLines.headline(line), Blocks.button(RequestModal.REQUEST_ACTION, "Request", name)));
        }
        int more = closed.size() - MOST_REQUESTABLE;
        if (more > 0) {
            blocks.add(Blocks.section("… and " + more + " more: press *Request access* to search them"));
        }
        return blocks;
    }

    /** Those that are closed; of an environment's slots the first, and none where the person has one. */
    private static List<StatusReport.Line> closed(PersonalStatus mine) {
        Set<EnvironmentName> known = new HashSet<>();
        mine.grants().forEach(line -> known.add(line.state().environment().withoutSlot()));
        return mine.requestable().stream()
                .filter(HomeView::isClosed)
                .filter(line -> known.add(line.state().environment().withoutSlot()))
                .toList();
    }

    private static boolean isClosed(StatusReport.Line line) {
        return line.state() instanceof EnvironmentState.Closed;
    }

    private static List<LayoutBlock> openForOthers(StatusReport report, PersonalStatus mine) {
        Predicate<StatusReport.Line> isMine = mine.grants()::contains;
        List<StatusReport.Line> open = report.lines().stream()
                .filter(StatusLines::isOfNote)
                .filter(isMine.negate())
                .toList();
        if (open.isEmpty()) {
            return List.of();
        }
        List<LayoutBlock> blocks = new ArrayList<>(List.of(Blocks.header("Open or waiting for others")));
        blocks.addAll(EnvironmentList.of(open, MOST_SECTIONS));
        return blocks;
    }
}
