package dev.bastion.sandbox.slack;

/** Finds the conversation a method means, by its id, its name or the person in it. */
final class Places {
    private final Workspace workspace;

    Places(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Where the app may write: a channel it is in, or somebody it may talk to. */
    Conversation writable(String named) {
        Conversation place = named.startsWith("U") || named.startsWith("W") ? direct(named) : readable(named);
        if (!place.members().contains(workspace.app().botUser())) {
            throw new SlackError("not_in_channel");
        }
        return place;
    }

    Conversation readable(String named) {
        return workspace
                .conversations()
                .find(named)
                .or(() -> workspace.conversations().named(named.replaceFirst("^#", "")))
                .orElseThrow(() -> new SlackError("channel_not_found"));
    }

    /** The direct conversation with somebody. */
    Conversation direct(String user) {
        SlackUser other = workspace.people().find(user).orElseThrow(() -> new SlackError("user_not_found"));
        return switch (other.kind()) {
            case BOT -> throw new SlackError("cannot_dm_bot");
            case DEACTIVATED -> throw new SlackError("user_disabled");
            case MEMBER, GUEST, STRANGER -> workspace.conversations().direct(user);
        };
    }
}
