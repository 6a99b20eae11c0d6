package dev.bastion.sandbox.github.account;

import java.security.PublicKey;

/**
 * A GitHub App, installed on the repository.
 *
 * @param clientId its other id: both may stand in a JWT's {@code iss}
 * @param key the public key of its JWTs
 * @param installation the number of its installation here
 * @param account the bot it acts as; its login is the app's slug with {@code [bot]}
 * @param permissions what its installation may do
 */
public record GitHubApp(
        long id, String clientId, PublicKey key, long installation, Account account, Permissions permissions) {
    public String slug() {
        return account.login().replace("[bot]", "");
    }

    boolean isIssuer(String issuer) {
        return issuer.equals(String.valueOf(id)) || issuer.equals(clientId);
    }
}
