package dev.bastion.slack.web;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.views.ViewsPublishResponse;
import com.slack.api.model.view.View;
import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The check of the app's Home tab, which an app that was made from an older manifest lacks. No API tells it, so this
 * publishes a page to a user that does not exist; nothing is shown to anyone.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/views.publish#errors">Errors of views.publish</a>
 */
final class HomeTabCheck {
    private static final String NO_USER = "U00000000";

    private HomeTabCheck() {}

    /** Empty where Slack's answer is about anything else, like the user. */
    static Optional<Finding> examine(MethodsClient methods) {
        View page = View.builder()
                .type("home")
                .blocks(List.of(Blocks.section("bastion")))
                .build();
        try {
            ViewsPublishResponse answer =
                    methods.viewsPublish(r -> r.userId(NO_USER).view(page));
            return "not_enabled".equals(answer.getError())
                    ? Optional.of(Finding.warning(
                            Area.SLACK,
                            "Home tab",
                            "it is off, so people cannot use App Home; everything else works",
                            "update the app's manifest (App Manifest) to app/slack-manifest.yaml"))
                    : Optional.empty();
        } catch (IOException | SlackApiException _) {
            // the checks above say that Slack does not answer
            return Optional.empty();
        }
    }
}
