package dev.bastion.slack.command;

import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewTitle;
import dev.bastion.slack.web.SlackMessage;

/** A modal with an answer, where no conversation can have it. */
final class AnswerModal {
    private AnswerModal() {}

    static View of(SlackMessage answer) {
        return View.builder()
                .type("modal")
                .title(ViewTitle.builder().type("plain_text").text("bastion").build())
                .close(ViewClose.builder().type("plain_text").text("Close").build())
                .blocks(answer.blocks())
                .build();
    }
}
