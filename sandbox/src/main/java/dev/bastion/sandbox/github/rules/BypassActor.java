package dev.bastion.sandbox.github.rules;

import dev.bastion.sandbox.github.account.Account;

/**
 * An entry of a ruleset's bypass list.
 *
 * @param name a login; or GitHub's type of actor and its number, like {@code RepositoryRole:5}, which is nobody here
 */
public record BypassActor(String name, Mode mode) {
    /** When the actor may bypass the ruleset. */
    public enum Mode {
        ALWAYS("always", "always"),
        PULL_REQUEST("pull_request", "pull_requests_only"),
        EXEMPT("exempt", "exempt");

        private final String listed;
        private final String own;

        Mode(String listed, String own) {
            this.listed = listed;
            this.own = own;
        }

        /** GitHub's word in {@code bypass_actors}. */
        public String listed() {
            return listed;
        }

        /** GitHub's word in {@code current_user_can_bypass}. */
        public String own() {
            return own;
        }
    }

    boolean is(Account account) {
        return name.equalsIgnoreCase(account.login());
    }
}
