package dev.bastion.slack.message;

import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewState;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import dev.bastion.access.approval.ApprovalQuestion;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The modal in which an approver sees a request, and approves or denies it. */
public final class ReviewModal {
    static final String WORDS = "words";
    private static final int EXCERPT = 500;

    private ReviewModal() {}

    /** What the modal is about: the request, and the commit that its reader saw. */
    public record Subject(RequestId request, CommitId head) {
        private String text() {
            return request + " " + head.value();
        }

        /** @throws InvalidValue when the modal is not one of these */
        public static Subject parse(String text) {
            String[] parts = text.split(" ", -1);
            if (parts.length != 2) {
                throw new InvalidValue("form", text, "a request id and a commit");
            }
            return new Subject(new RequestId(parts[0]), new CommitId(parts[1]));
        }
    }

    public static View of(ReviewButton button, ApprovalQuestion question) {
        Proposal proposal = question.seen().proposal();
        return View.builder()
                .type("modal")
                .callbackId(button.callback())
                .privateMetadata(new Subject(proposal.id(), proposal.head()).text())
                .title(ViewTitle.builder()
                        .type("plain_text")
                        .text(button.label() + " access")
                        .build())
                .submit(ViewSubmit.builder()
                        .type("plain_text")
                        .text(button.label())
                        .build())
                .close(ViewClose.builder().type("plain_text").text("Cancel").build())
                .blocks(blocks(button, question))
                .build();
    }

    /** What the approver wrote; empty text when nothing. */
    public static String words(ViewState state) {
        return Optional.ofNullable(state)
                .map(ViewState::getValues)
                .map(values -> values.get(WORDS))
                .map(block -> block.get(WORDS))
                .map(ViewState.Value::getValue)
                .orElse("");
    }

    private static List<LayoutBlock> blocks(ReviewButton button, ApprovalQuestion question) {
        Proposal proposal = question.seen().proposal();
        ProposedChange change = proposal.change();
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.section(ProposalMessage.requests(change)
                + (change.reason().isGiven()
                        ? "\n> " + Mrkdwn.escape(change.reason().text())
                        : "\nNo reason is given.")));
        blocks.add(Blocks.section("*Plan:* " + plan(question.seen().plan())));
        blocks.addAll(history(question));
        blocks.add(Blocks.context(ProposalMessage.page(proposal) + " · commit "
                + Mrkdwn.code(proposal.head().brief()) + " · lapses " + Mrkdwn.moment(change.lapsesAt())));
        if (button == ReviewButton.DENY) {
            blocks.add(input());
        }
        return blocks;
    }

    private static LayoutBlock input() {
        return InputBlock.builder()
                .blockId(WORDS)
                .label(Blocks.plain("Why"))
                .hint(Blocks.plain("The requester gets these words. Recorded in git and in the pull request."))
                .element(PlainTextInputElement.builder()
                        .actionId(WORDS)
                        .maxLength(Reason.LONGEST)
                        .build())
                .build();
    }

    private static String plan(PlanStatus plan) {
        return switch (plan) {
            case PlanStatus.Missing _ -> "CI has not reported one yet.";
            case PlanStatus.Running(var run) -> "CI is making it" + at(run) + ".";
            case PlanStatus.Passed(String summary, var run) ->
                (summary.isBlank() ? "passed" : Mrkdwn.excerpt(summary, EXCERPT)) + at(run) + ".";
            case PlanStatus.Failed(String what, var run) -> "failed: " + Mrkdwn.excerpt(what, EXCERPT) + at(run) + ".";
        };
    }

    private static String at(Optional<URI> run) {
        return run.map(page -> " (" + Mrkdwn.link(page, "run") + ")").orElse("");
    }

    private static List<LayoutBlock> history(ApprovalQuestion question) {
        String name = Mrkdwn.bold(question.seen().proposal().requester().name());
        return question.history().isEmpty()
                ? List.of(Blocks.section(name + " had no access lately."))
                : Blocks.lines(
                        Stream.concat(
                                        Stream.of("*Last access of* " + name + ":"),
                                        question.history().stream().map(ReviewModal::line))
                                .toList(),
                        1);
    }

    private static String line(PastGrant past) {
        return "• " + Mrkdwn.bold(past.grant().environment().title()) + " from "
                + Mrkdwn.moment(past.grant().createdAt()) + ": " + EndedGrantMessage.howItEnded(past);
    }
}
