package dev.bastion.slack.notify;

import dev.bastion.access.grant.RequestId;
import java.time.Duration;

/**
 * The claims of several replicas on the messages that they post: of those that would post the same one, one has the claim. A
 * claim that is neither confirmed nor given back can be taken over after a while, since its replica may be dead.
 */
public interface MessageClaims {
    /** One replica alone has every claim. */
    MessageClaims UNSHARED = new MessageClaims() {
        @Override
        public boolean claim(RequestId request, String stage, Duration rest) {
            return true;
        }

        @Override
        public void confirm(RequestId request, String stage) {
            // there is no other replica
        }

        @Override
        public void release(RequestId request, String stage) {
            // there is no other replica
        }
    };

    /**
     * Claims a message.
     *
     * @param stage its name among the messages of the request
     * @param rest how long nobody may claim it again after it was confirmed
     * @return false while another replica posts it, or has posted it within the rest
     */
    boolean claim(RequestId request, String stage, Duration rest);

    /** Slack has the message. */
    void confirm(RequestId request, String stage);

    /** The message was not posted, and another replica may post it. */
    void release(RequestId request, String stage);
}
