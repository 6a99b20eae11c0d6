package dev.bastion.app;

import dev.bastion.access.reconcile.MonitorGrants;
import dev.bastion.app.aws.KmsKey;
import dev.bastion.app.config.LedgerFile;
import dev.bastion.app.config.PolicyFiles;
import dev.bastion.app.config.Settings;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubHost;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.client.GithubClient;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.object.ReadBudget;
import dev.bastion.ledger.git.object.Signature;
import dev.bastion.ledger.git.remote.Credentials;
import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.CommitSigner;
import dev.bastion.ledger.git.signature.FileKeySigner;
import dev.bastion.ledger.git.signature.GivenKeySigner;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.write.LedgerSettings;
import dev.bastion.ledger.write.Pacing;
import dev.bastion.slack.web.SlackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The conversion of the settings to those of each module. */
final class ModuleSettings {
    /** The parsers of the ledger's configuration. */
    static final FileParsers PARSERS = new FileParsers(new PolicyFiles(), new LedgerFile());

    private ModuleSettings() {}

    static SlackSettings slack(Settings settings) {
        Settings.Slack slack = settings.slack();
        return new SlackSettings(
                slack.appToken().value(),
                slack.botToken().value(),
                slack.channel(),
                slack.apiUrl().toString().replaceFirst("/*$", "/"),
                commitPages(settings));
    }

    /** The address of a commit's page without its id, where the ledger is at a GitHub. */
    static Optional<URI> commitPages(Settings settings) {
        String remote = settings.ledger().remote();
        boolean isGithub = remote.startsWith("https://github.com/")
                || github(settings)
                        .filter(at -> isAt(remote, at))
                        .flatMap(at -> new GithubHost(at.apiUrl()).web())
                        .isPresent();
        return isGithub ? Optional.of(URI.create(remote.replaceFirst("(\\.git)?/?$", "/commit/"))) : Optional.empty();
    }

    /** The ledger with the committer's address of the settings. */
    static LedgerSettings ledger(Settings settings, Optional<GithubClient> github) {
        return ledger(settings, github, settings.ledger()::committerEmail);
    }

    /**
     * @param github the service's client of GitHub, whose tokens also open the ledger where that is its repository
     * @param email the committer's address for each commit; makes no call
     */
    static LedgerSettings ledger(Settings settings, Optional<GithubClient> github, Supplier<String> email) {
        Settings.Ledger ledger = settings.ledger();
        return new LedgerSettings(
                ledger.remote(),
                ledger.branch(),
                ledger.directory(),
                ledger.environments(),
                credentials(settings, github),
                () -> new Signature(ledger.committerName(), email.get()),
                LedgerSettings.DEFAULT_TIMEOUT,
                budget(settings.budget()),
                keys(settings),
                ledger.observations() == Settings.Observations.NOTES,
                Pacing.THREADS);
    }

    static ReadBudget budget(Settings.Budget budget) {
        return new ReadBudget(
                budget.blobBytes(),
                budget.messageBytes(),
                budget.changedFiles(),
                budget.pullRequests(),
                budget.perPullRequest(),
                budget.packBytes());
    }

    private static TrustedKeys keys(Settings settings) {
        Settings.Signing signing = settings.signing();
        return signing.hasKey()
                ? new TrustedKeys(
                        Optional.of(signer(settings)),
                        allowedSigners(signing.allowedSigners()),
                        settings.ledger().committerEmail(),
                        signing.since())
                : TrustedKeys.NONE;
    }

    private static CommitSigner signer(Settings settings) {
        Settings.Signing signing = settings.signing();
        if (signing.key().isGiven()) {
            return new GivenKeySigner(signing.key().value());
        }
        return signing.kmsKey().isEmpty()
                ? new FileKeySigner(Path.of(signing.keyFile()))
                : new KmsKeySigner(new KmsKey(signing.kmsKey(), settings.aws().region(), awsEndpoint(settings)));
    }

    private static AllowedSigners allowedSigners(String file) {
        try {
            return file.isEmpty() ? AllowedSigners.NOBODY : AllowedSigners.parse(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read signing.allowed_signers, " + file, e);
        }
    }

    private static Credentials credentials(Settings settings, Optional<GithubClient> github) {
        Settings.Ledger ledger = settings.ledger();
        if (!ledger.sshKey().isEmpty()) {
            return new Credentials.SshKey(Path.of(ledger.sshKey()));
        }
        if (ledger.token().isGiven()) {
            return new Credentials.Token(ledger.username(), ledger.token().value());
        }
        return github.filter(client -> isAt(ledger.remote(), client.settings()))
                .<Credentials>map(client -> new Credentials.Renewed(ledger.username(), client::gitPassword))
                .orElseGet(Credentials.None::new);
    }

    /** Whether the ledger is this GitHub repository: no other host may get the credentials. */
    static boolean isAt(String remote, GithubSettings github) {
        if (!remote.matches("https?://.*")) {
            return false;
        }
        URI ledger = URI.create(remote);
        return new GithubHost(github.apiUrl()).has(ledger)
                && String.valueOf(ledger.getPath())
                        .replaceAll("(\\.git)?/?$", "")
                        .equalsIgnoreCase("/" + github.repository());
    }

    /** Empty when {@code github.repository} is not set. */
    static Optional<GithubSettings> github(Settings settings) {
        Settings.Github github = settings.github();
        if (github.repository().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new GithubSettings(
                github.apiUrl(), github.repository(), githubCredentials(github), GithubSettings.USUAL_PATIENCE));
    }

    private static GithubCredentials githubCredentials(Settings.Github github) {
        return github.appId().isEmpty()
                ? new GithubCredentials.Token(github.token().value())
                : new GithubCredentials.App(
                        github.appId(), github.appPrivateKey().value(), Long.parseLong(github.appInstallation()));
    }

    /**
     * @param needsApprovals whether a request can need an approval by the policy
     * @param inSlack whether the policy counts approvals in Slack
     */
    static RequiredPermissions permissions(
            Settings settings, GithubClient github, boolean needsApprovals, boolean inSlack) {
        Settings.Ledger ledger = settings.ledger();
        return new RequiredPermissions(
                ledger.branch(),
                ledger.reversions() == Settings.Reversions.DIRECT,
                needsApprovals,
                inSlack,
                new CommitterEmail(settings, Optional.of(github)).asked(),
                ledger.environments());
    }

    static Optional<URI> awsEndpoint(Settings settings) {
        String endpoint = settings.aws().endpoint();
        return endpoint.isEmpty() ? Optional.empty() : Optional.of(URI.create(endpoint));
    }

    static MonitorGrants.Grace grace(Settings settings) {
        return new MonitorGrants.Grace(
                settings.grace().alarm(),
                settings.grace().termination(),
                settings.grace().apply());
    }
}
