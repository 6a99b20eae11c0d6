package dev.bastion.slack.command;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.App;
import com.slack.api.model.view.View;
import dev.bastion.access.approval.ReviewInSlack;
import dev.bastion.access.approval.ReviewResult;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.slack.message.ErrorText;
import dev.bastion.slack.message.ProposalMessage;
import dev.bastion.slack.message.ReviewButton;
import dev.bastion.slack.message.ReviewModal;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import dev.bastion.slack.web.SlackMessage;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of an approver's buttons and modals. Slack is asked again who clicks, since a person who became a guest a minute
 * ago approves nothing.
 */
public final class ReviewRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ReviewRoutes.class);

    private final SlackClient web;
    private final RequestExecutor executor;
    private final ReviewInSlack review;

    public ReviewRoutes(SlackClient web, RequestExecutor executor, ReviewInSlack review) {
        this.web = web;
        this.executor = executor;
        this.review = review;
    }

    public void addTo(App app) {
        for (ReviewButton button : ReviewButton.values()) {
            app.blockAction(button.action(), (request, context) -> {
                pressed(button, request.getPayload());
                return context.ack();
            });
            app.viewSubmission(button.callback(), (request, context) -> {
                submitted(button, request.getPayload());
                return context.ack();
            });
        }
    }

    private void pressed(ReviewButton button, BlockActionPayload payload) {
        String value = payload.getActions().getFirst().getValue();
        Interaction interaction = SlackRouter.interaction(payload).about(value);
        executor.executeQuietly(
                interaction,
                RequestExecutor.logged(
                        () -> LOG.atInfo().addKeyValue("button", button).log("slack.button"),
                        RequestExecutor.quietlyForMembers(
                                person -> answer(button, interaction, review.question(person, new RequestId(value))))));
    }

    private void submitted(ReviewButton button, ViewSubmissionPayload payload) {
        ReviewModal.Subject subject =
                ReviewModal.Subject.parse(payload.getView().getPrivateMetadata());
        Interaction interaction =
                SlackRouter.interaction(payload).about(subject.request().value());
        String words = ReviewModal.words(payload.getView().getState());
        executor.executeAfterLookup(
                interaction,
                RequestExecutor.logged(
                        () -> LOG.atInfo().addKeyValue("button", button).log("slack.form.submitted"),
                        RequestExecutor.forMembers(
                                person -> answer(button, interaction, decide(button, person, subject, words))
                                        .orElseThrow())));
    }

    private ReviewResult decide(ReviewButton button, Person person, ReviewModal.Subject subject, String words) {
        return switch (button) {
            case APPROVE -> review.approve(person, subject.request(), subject.head());
            case DENY -> review.deny(person, subject.request(), subject.head(), words);
        };
    }

    /** Empty where the modal is the answer. */
    private Optional<SlackMessage> answer(ReviewButton button, Interaction interaction, ReviewResult result) {
        return switch (result) {
            case ReviewResult.Asked(var question) -> open(interaction, ReviewModal.of(button, question));
            case ReviewResult.Approved(var proposal) ->
                said("You approved " + ProposalMessage.page(proposal) + " for "
                        + Mrkdwn.bold(proposal.requester().name())
                        + ". Recorded in git; access opens when nothing else is missing.");
            case ReviewResult.Denied(var proposal) ->
                said("You denied " + ProposalMessage.page(proposal) + ", and "
                        + Mrkdwn.bold(proposal.requester().name()) + " gets your words. Recorded in git.");
            case ReviewResult.Refused(var why) -> said(ErrorText.of(why));
        };
    }

    private static Optional<SlackMessage> said(String text) {
        return Optional.of(SlackMessage.of(text));
    }

    /** A trigger lives for three seconds. */
    private Optional<SlackMessage> open(Interaction interaction, View modal) {
        try {
            web.openView(interaction.trigger(), modal);
            return Optional.empty();
        } catch (SlackFailure e) {
            LOG.atWarn()
                    .addKeyValue("request", interaction.request())
                    .addKeyValue("user", interaction.user())
                    .addKeyValue("reason", e.getMessage())
                    .log("slack.form.unopened");
            return said("I could not open the form in time, and nothing was decided. Press the button again.");
        }
    }
}
