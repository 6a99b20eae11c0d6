package dev.bastion.sandbox.slack.model;

/** The ids and the name of the workspace's one app: team, app, bot, bot user. */
public record AppIdentity(String team, String domain, String app, String bot, String botUser, String name) {
    public static AppIdentity usual() {
        return new AppIdentity("T0SANDBOX", "sandbox", "A0BASTION", "B0BASTION", "U0BASTION", "bastion");
    }
}
