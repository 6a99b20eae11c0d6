package dev.bastion.slack.notify;

import dev.bastion.access.grant.RequestId;
import dev.bastion.slack.web.SlackFailure;
import java.time.Duration;
import java.util.function.Supplier;

/** What one replica at a time does for a message: look whether Slack has it, and post it where it has not. */
final class ClaimedPost {
    /** How soon a replica looks again for a message that another one posts. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final MessageClaims claims;

    ClaimedPost(MessageClaims claims) {
        this.claims = claims;
    }

    /** Whether other replicas post, too. */
    boolean isShared() {
        return !claims.equals(MessageClaims.UNSHARED);
    }

    /**
     * Does it with the claim.
     *
     * @throws SlackFailure when another replica has the claim; it passes
     */
    <T> T of(RequestId request, String stage, Supplier<T> work) {
        return of(request, stage, Duration.ZERO, work);
    }

    /** The same for what is posted without a look: nobody does it again within the rest. */
    <T> T of(RequestId request, String stage, Duration rest, Supplier<T> work) {
        if (!claims.claim(request, stage, rest)) {
            throw SlackFailure.claimed(LOOK_AGAIN);
        }
        boolean isPosted = false;
        try {
            T done = work.get();
            isPosted = true;
            return done;
        } finally {
            if (isPosted) {
                claims.confirm(request, stage);
            } else {
                claims.release(request, stage);
            }
        }
    }
}
