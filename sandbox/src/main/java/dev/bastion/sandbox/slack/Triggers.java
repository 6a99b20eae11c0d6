package dev.bastion.sandbox.slack;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Trigger ids: each lets the app open one modal for the person who did something, within three seconds. */
final class Triggers {
    private record Trigger(String user, Instant expires, boolean used) {}

    private final Ids ids;
    private final Duration life;
    private final Map<String, Trigger> triggers = new HashMap<>();

    Triggers(Ids ids, Duration life) {
        this.ids = ids;
        this.life = life;
    }

    synchronized String issue(String user) {
        String id = ids.next("") + "." + ids.next("");
        triggers.put(id, new Trigger(user, Instant.now().plus(life), false));
        return id;
    }

    /** Whose it is; usable once. */
    synchronized String redeem(String id) {
        Trigger trigger = triggers.get(id);
        if (trigger == null) {
            throw new SlackError("invalid_trigger_id");
        }
        if (trigger.used()) {
            throw new SlackError("exchanged_trigger_id");
        }
        if (Instant.now().isAfter(trigger.expires())) {
            throw new SlackError("expired_trigger_id");
        }
        triggers.put(id, new Trigger(trigger.user(), trigger.expires(), true));
        return trigger.user();
    }
}
