package dev.bastion.sandbox.slack.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A user of the workspace.
 *
 * @param id {@code U…}
 * @param name the handle; people choose it, so it may be hostile
 * @param realName the display name; may be hostile too
 */
public record SlackUser(String id, String name, String realName, Kind kind) {
    /** The kind of a user, as an app sees it. */
    public enum Kind {
        MEMBER,
        /** A guest: {@code is_restricted}. */
        GUEST,
        /**
         * A person of another organisation in a shared channel: {@code is_stranger}, and another {@code team_id}. */
        STRANGER,
        BOT,
        DEACTIVATED
    }

    /** What Slack leaves out of a deactivated account. */
    private static final List<String> ABSENT_OF_DEACTIVATED =
            List.of("tz", "tz_label", "tz_offset", "is_restricted", "is_ultra_restricted", "is_admin", "is_owner");

    public static SlackUser member(String id, String name, String realName) {
        return new SlackUser(id, name, realName, Kind.MEMBER);
    }

    /** The same user with another kind of account. */
    public SlackUser as(Kind other) {
        return new SlackUser(id, name, realName, other);
    }

    /** As {@code users.info} tells. */
    public ObjectNode json(String team) {
        String ownTeam = kind == Kind.STRANGER ? "T0ELSEWHERE" : team;
        ObjectNode user = Json.object();
        user.put("id", id).put("team_id", ownTeam).put("name", name).put("real_name", realName);
        user.put("deleted", kind == Kind.DEACTIVATED)
                .put("tz", "Etc/UTC")
                .put("tz_label", "UTC")
                .put("tz_offset", 0);
        user.put("is_bot", kind == Kind.BOT).put("is_app_user", false).put("is_stranger", kind == Kind.STRANGER);
        user.put("is_restricted", kind == Kind.GUEST).put("is_ultra_restricted", false);
        user.put("is_admin", false).put("is_owner", false).put("updated", 1736937000);
        user.putObject("profile")
                .put("real_name", realName)
                .put("real_name_normalized", realName)
                .put("display_name", name)
                .put("display_name_normalized", name)
                .put("team", ownTeam);
        return kind == Kind.DEACTIVATED ? user.remove(ABSENT_OF_DEACTIVATED) : user;
    }
}
