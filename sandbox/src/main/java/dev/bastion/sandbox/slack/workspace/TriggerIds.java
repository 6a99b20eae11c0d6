package dev.bastion.sandbox.slack.workspace;

import dev.bastion.sandbox.slack.model.Ids;
import dev.bastion.sandbox.slack.model.SlackException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Trigger ids: each allows the app to open one modal for the person of an interaction, within three seconds. */
public final class TriggerIds {
    private record Trigger(String user, Instant expires, boolean used) {}

    private final Ids ids;
    private final Duration life;
    private final Map<String, Trigger> triggers = new HashMap<>();

    TriggerIds(Ids ids, Duration life) {
        this.ids = ids;
        this.life = life;
    }

    public synchronized String issue(String user) {
        String id = ids.next("") + "." + ids.next("");
        triggers.put(id, new Trigger(user, Instant.now().plus(life), false));
        return id;
    }

    /** Whose it is; usable once. */
    public synchronized String redeem(String id) {
        Trigger trigger = triggers.get(id);
        if (trigger == null) {
            throw new SlackException("invalid_trigger_id");
        }
        if (trigger.used()) {
            throw new SlackException("exchanged_trigger_id");
        }
        if (Instant.now().isAfter(trigger.expires())) {
            throw new SlackException("expired_trigger_id");
        }
        triggers.put(id, new Trigger(trigger.user(), trigger.expires(), true));
        return trigger.user();
    }
}
