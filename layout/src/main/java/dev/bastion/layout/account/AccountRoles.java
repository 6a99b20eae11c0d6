package dev.bastion.layout.account;

import java.util.Optional;

/**
 * The ARNs of the roles of one account.
 *
 * @param watch the role by which the service looks at the account
 * @param apply the role by which CI applies
 * @param plan the role by which CI plans a pull request
 * @param externalId what the service sends when it assumes the watch role
 */
public record AccountRoles(
        Optional<String> watch, Optional<String> apply, Optional<String> plan, Optional<String> externalId) {
    public static final AccountRoles NONE =
            new AccountRoles(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
