package dev.bastion.slack.home;

import com.slack.api.model.view.View;
import java.time.Instant;
import java.util.Optional;

/**
 * A person who opened App Home within the last hour.
 *
 * @param publishedAt when it was published last
 * @param shown what Slack shows; empty when that is not known
 * @param isBehind whether a publication waits for its turn
 */
record Viewer(Instant openedAt, Instant publishedAt, Optional<View> shown, boolean isBehind) {
    static Viewer opening(Instant now) {
        return new Viewer(now, Instant.MIN, Optional.empty(), true);
    }

    Viewer openedAgain(Instant now) {
        return new Viewer(now, publishedAt, shown, true);
    }

    Viewer behind() {
        return new Viewer(openedAt, publishedAt, shown, true);
    }

    /** Also before Slack has answered, so that no second publication follows within the gap. */
    Viewer publishing(Instant now) {
        return new Viewer(openedAt, now, Optional.empty(), false);
    }

    Viewer showing(View view) {
        return new Viewer(openedAt, publishedAt, Optional.of(view), isBehind);
    }

    Viewer upToDate() {
        return new Viewer(openedAt, publishedAt, shown, false);
    }
}
