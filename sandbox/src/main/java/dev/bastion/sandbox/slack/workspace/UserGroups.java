package dev.bastion.sandbox.slack.workspace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The user groups of the workspace, by id. */
public final class UserGroups {
    private final Map<String, Group> groups = new ConcurrentHashMap<>();

    private record Group(List<String> members, boolean isDisabled) {}

    /** Makes a group, or changes the one of this id, and enables it. */
    public void put(String id, String... users) {
        groups.put(id, new Group(List.of(users), false));
    }

    public void disable(String id) {
        groups.computeIfPresent(id, (_, group) -> new Group(group.members(), true));
    }

    /**
     * The ids of its users; empty when there is no such group.
     *
     * @param alsoDisabled whether a disabled group counts as one
     */
    public Optional<List<String>> users(String id, boolean alsoDisabled) {
        return Optional.ofNullable(groups.get(id))
                .filter(group -> alsoDisabled || !group.isDisabled())
                .map(Group::members);
    }
}
