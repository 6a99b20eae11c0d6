package dev.bastion.sandbox.slack;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Response URLs: each answers where somebody did something, five times within thirty minutes.
 *
 * @see <a href="https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses">Message responses</a>
 */
final class ResponseUrls {
    private static final int USES = 5;

    /** Where an answer goes: who did something, where, and on which message if on any. */
    record Place(String user, String channel, Optional<Message> message) {}

    private record Issued(Place place, Instant expires, int uses) {}

    private final Ids ids;
    private final Duration life;
    private final Map<String, Issued> issued = new HashMap<>();
    private String host = "127.0.0.1";

    ResponseUrls(Ids ids, Duration life) {
        this.ids = ids;
        this.life = life;
    }

    /** Where the app reached us last is where it will reach us again. */
    synchronized void reachedAt(String byClient) {
        host = byClient;
    }

    synchronized String issue(Place place) {
        String token = ids.next("") + ids.next("");
        issued.put(token, new Issued(place, Instant.now().plus(life), 0));
        return "http://" + host + "/slack/response/" + token;
    }

    synchronized Place use(String token) {
        Issued url = issued.get(token);
        if (url == null || Instant.now().isAfter(url.expires())) {
            throw new SlackError("expired_url");
        }
        if (url.uses() >= USES) {
            throw new SlackError("used_url");
        }
        issued.put(token, new Issued(url.place(), url.expires(), url.uses() + 1));
        return url.place();
    }
}
