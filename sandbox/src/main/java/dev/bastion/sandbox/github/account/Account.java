package dev.bastion.sandbox.github.account;

/**
 * An account: a person or a bot.
 *
 * @param id GitHub's number
 * @param type GitHub's word: User or Bot
 * @param token the password of git over HTTP and the bearer token of REST
 */
public record Account(String login, long id, String type, String token) {
    /** A machine account. */
    public static Account bot(String login, String token) {
        return new Account(login, 1000L + Math.floorMod(login.hashCode(), 100_000), "Bot", token);
    }

    /** A person. */
    public static Account user(String login, String token) {
        return new Account(login, 1000L + Math.floorMod(login.hashCode(), 100_000), "User", token);
    }

    @Override
    public String toString() {
        return login;
    }
}
