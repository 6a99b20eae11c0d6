package dev.bastion.sandbox.slack.conversation;

import dev.bastion.sandbox.slack.model.Ids;
import dev.bastion.sandbox.slack.model.SlackException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Response URLs: each accepts five messages within thirty minutes, for the target of one interaction.
 *
 * @see <a href="https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses">Message responses</a>
 */
public final class ResponseUrls {
    private static final int USES = 5;

    /** Where an answer goes: who did something, where, and on which message if on any. */
    public record Target(String user, String channel, Optional<Message> message) {}

    private record Issued(Target target, Instant expires, int uses) {}

    private final Ids ids;
    private final Duration life;
    private final Map<String, Issued> issued = new HashMap<>();
    private String host = "127.0.0.1";

    public ResponseUrls(Ids ids, Duration life) {
        this.ids = ids;
        this.life = life;
    }

    /** Where the app reached us last is where it will reach us again. */
    public synchronized void reachedAt(String byClient) {
        host = byClient;
    }

    public synchronized String issue(Target target) {
        String token = ids.next("") + ids.next("");
        issued.put(token, new Issued(target, Instant.now().plus(life), 0));
        return "http://" + host + "/slack/response/" + token;
    }

    public synchronized Target use(String token) {
        Issued url = issued.get(token);
        if (url == null || Instant.now().isAfter(url.expires())) {
            throw new SlackException("expired_url");
        }
        if (url.uses() >= USES) {
            throw new SlackException("used_url");
        }
        issued.put(token, new Issued(url.target(), url.expires(), url.uses() + 1));
        return url.target();
    }
}
