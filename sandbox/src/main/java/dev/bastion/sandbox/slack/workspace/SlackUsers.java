package dev.bastion.sandbox.slack.workspace;

import dev.bastion.sandbox.slack.model.SlackUser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The users of the workspace, in the order in which they were added. */
public final class SlackUsers {
    private final Map<String, SlackUser> byId = new LinkedHashMap<>();

    public synchronized void add(SlackUser user) {
        byId.put(user.id(), user);
    }

    public synchronized Optional<SlackUser> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public synchronized List<SlackUser> all() {
        return List.copyOf(byId.values());
    }
}
