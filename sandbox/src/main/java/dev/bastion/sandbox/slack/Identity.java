package dev.bastion.sandbox.slack;

/** Who the one app of the workspace is: team, app, bot and bot user ids, and the bot's name. */
record Identity(String team, String domain, String app, String bot, String botUser, String name) {
    static Identity usual() {
        return new Identity("T0SANDBOX", "sandbox", "A0BASTION", "B0BASTION", "U0BASTION", "bastion");
    }
}
