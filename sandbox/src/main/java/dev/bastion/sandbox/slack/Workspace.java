package dev.bastion.sandbox.slack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the workspace is made of: one of each, wired once. */
record Workspace(
        Identity app,
        SlackTokens tokens,
        Ids ids,
        People people,
        Conversations conversations,
        Views views,
        Triggers triggers,
        ResponseUrls responseUrls,
        Connections connections,
        SocketMode socketMode,
        Faults faults,
        RateLimits limits,
        Transcript transcript,
        Feed feed) {
    static Workspace with(Timing timing) {
        Identity app = Identity.usual();
        Ids ids = new Ids();
        Transcript transcript = new Transcript();
        Feed feed = new Feed();
        Faults faults = new Faults();
        Connections connections = new Connections(app, ids);
        return new Workspace(
                app,
                SlackTokens.usual(),
                ids,
                new People(),
                new Conversations(app, ids, transcript, feed),
                new Views(ids, feed),
                new Triggers(ids, timing.trigger()),
                new ResponseUrls(ids, timing.responseUrl()),
                connections,
                new SocketMode(connections, faults, timing, transcript),
                faults,
                new RateLimits(),
                transcript,
                feed);
    }

    /** Who is who, in the order they were added. */
    static final class People {
        private final Map<String, SlackUser> byId = new LinkedHashMap<>();

        synchronized void add(SlackUser user) {
            byId.put(user.id(), user);
        }

        synchronized Optional<SlackUser> find(String id) {
            return Optional.ofNullable(byId.get(id));
        }

        synchronized List<SlackUser> all() {
            return List.copyOf(byId.values());
        }
    }
}
