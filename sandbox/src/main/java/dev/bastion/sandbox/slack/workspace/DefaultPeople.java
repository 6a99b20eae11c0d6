package dev.bastion.sandbox.slack.workspace;

import dev.bastion.sandbox.slack.model.SlackUser;
import java.util.List;

/** The users of a new workspace. */
public final class DefaultPeople {
    private DefaultPeople() {}

    public static List<SlackUser> people() {
        return List.of(
                SlackUser.member("U12345678", "john.doe", "John Doe"),
                SlackUser.member("U23456789", "jane.roe", "Jane Roe"),
                SlackUser.member("U34567890", "max.mustermann", "Max Mustermann"),
                SlackUser.member("U66666666", "mallory", "${run_cmd(\"id\")} <!channel> *Mallory*\u202E"),
                new SlackUser("U45678901", "gail.guest", "Gail Guest", SlackUser.Kind.GUEST),
                new SlackUser("U56789012", "sam.elsewhere", "Sam Elsewhere", SlackUser.Kind.STRANGER),
                new SlackUser("U0DEPLOYBOT", "deploybot", "Deploy Bot", SlackUser.Kind.BOT),
                new SlackUser("U78901234", "dora.left", "Dora Left", SlackUser.Kind.DEACTIVATED));
    }
}
