package dev.bastion.sandbox.github.account;

/**
 * The tokens of jobs of GitHub Actions, the workflows' {@code GITHUB_TOKEN}: each has the permissions of its workflow's job
 * and ends with it.
 *
 * @see <a href="https://docs.github.com/en/actions/tutorials/authenticate-with-github_token">GitHub on the token</a>
 */
public final class JobTokens {
    public static final String LOGIN = "github-actions[bot]";

    private final InstallationTokens tokens;
    private final Account actions;

    public JobTokens(InstallationTokens tokens, Accounts accounts) {
        this.tokens = tokens;
        this.actions = accounts.byLogin(LOGIN).orElseGet(() -> Account.bot(LOGIN, ""));
    }

    /** @param permissions those below {@code permissions:} of the job; GitHub adds {@code metadata: read} */
    public String issue(Permissions permissions) {
        return tokens.mintForJob(actions, permissions.with("metadata", Permissions.Level.READ))
                .token();
    }

    public void revoke(String token) {
        tokens.revoke(token);
    }
}
