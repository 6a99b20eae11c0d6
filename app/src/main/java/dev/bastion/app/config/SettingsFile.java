package dev.bastion.app.config;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.layout.Layout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parser of {@link Settings} from a YAML file and environment variables. The variable of {@code slack.app_token} is
 * {@code BASTION_SLACK_APP_TOKEN}, and so on; variables override the file. All problems are reported at once. An
 * invalid value is never replaced by a default, and unknown keys and {@code BASTION_} variables are problems.
 */
public final class SettingsFile {
    private static final String PREFIX = "BASTION_";
    /** The variables that the launcher sets for its children. */
    private static final Set<String> LAUNCHER_VARIABLES = Set.of(
            "BASTION_LAUNCHER",
            "BASTION_TOOLS",
            "BASTION_PROVIDER_MIRROR",
            "BASTION_MOTO",
            "BASTION_SCHEMATHESIS",
            "BASTION_JAVA_OPTIONS",
            "BASTION_JIT_LEVEL");

    private static final SettingType<String> BRANCH =
            SettingType.matching("[A-Za-z0-9][A-Za-z0-9._/-]{0,100}", "a branch name", "main");
    static final SettingType<String> CHANNEL = SettingType.matching(
                    "[CG][A-Z0-9]{2,20}", "a channel id (in Slack: channel details, at the bottom)", "C0123ABC")
            .asString();
    private static final SettingType<String> REPOSITORY =
            SettingType.matching("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+", "an owner and a name", "acme/infrastructure");
    private static final SettingType<String> DIRECTORY_IN_REPOSITORY = new SettingType<>(
            "a directory in the repository, but not its root: ledger.yaml says where environments are",
            "environments",
            Layout::configurationDirectory);
    private static final SettingType<String> REMOTE = new SettingType<>(
            "a git remote by https, ssh or file",
            "https://github.com/acme/infrastructure.git",
            text -> ServiceAddress.git(text, "ledger.username and ledger.token or ledger.token_file"));
    private static final SettingType<String> ANCHOR_REMOTE = new SettingType<>(
            "a git remote by https, ssh or file",
            "https://github.com/acme-audit/anchors.git",
            text -> ServiceAddress.git(text, "anchors.username and anchors.token or anchors.token_file"));
    private static final SettingType<String> BUCKET =
            SettingType.matching("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the name of an S3 bucket", "acme-ledger-anchors");
    private static final SettingType<String> REGION =
            SettingType.matching("[a-z]{2,4}(-[a-z]+)+-\\d", "an AWS region", "eu-central-1");
    private static final SettingType<URI> SLACK_URL =
            SettingType.url("slack.bot_token and slack.app_token, or their _file keys");
    private static final SettingType<URI> GITHUB_URL =
            SettingType.url("github.token or github.token_file, or the keys of an app");
    private static final SettingType<URI> PAGERDUTY_URL = SettingType.url("pagerduty.token or pagerduty.token_file");
    private static final SettingType<URI> DATABASE_URL = new SettingType<>(
            "the address of a PostgreSQL database",
            "postgresql://db.example.com:5432/bastion",
            text -> ServiceAddress.database(text, "database.username and database.password or database.password_file"));
    private static final SettingType<URI> AWS_URL =
            SettingType.url("what the AWS SDK reads: the task role, a profile or the AWS_ variables");
    private static final SettingType<String> CI_LOGIN = new SettingType<>(
                    "a GitHub login", "github-actions[bot]", text -> new GithubLogin(text).value())
            .asString();
    private static final SettingType<String> INSTALLATION = SettingType.matching(
                    "\\d{1,18}", "a GitHub App installation's id, a number", "67890")
            .asStringOrNumber();
    private static final SettingType<Settings.Reversions> REVERSIONS =
            SettingType.oneOf(List.of(Settings.Reversions.values()));
    private static final SettingType<Settings.Observations> OBSERVATIONS =
            SettingType.oneOf(List.of(Settings.Observations.values()));
    private static final SettingType<String> COMMIT = SettingType.matching(
            "[0-9a-f]{40}", "the id of a commit, of 40 hexadecimal digits", "8f4e1c0d9b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e");
    private static final SettingType<String> FORMAT = SettingType.matching("json|text", "json or text", "json");

    private final Map<String, String> environment;
    private final Set<String> knownVariables = new TreeSet<>(LAUNCHER_VARIABLES);

    private SettingsFile(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Reads the settings.
     *
     * @param file empty when all settings are environment variables
     * @throws SettingsProblems with all problems at once
     */
    public static Settings read(Optional<Path> file, Map<String, String> environment) {
        SettingsReading reading = examine(file, environment);
        return reading.settings()
                .filter(_ -> reading.problems().isEmpty())
                .orElseThrow(() -> new SettingsProblems(reading.problems()));
    }

    /** Reads the settings as far as they can be read; throws nothing. */
    public static SettingsReading examine(Optional<Path> file, Map<String, String> environment) {
        ProblemCollector problems =
                new ProblemCollector(file.map(Path::toString).orElse("settings"));
        SettingsFile reader = new SettingsFile(environment);
        YamlTree tree = file.map(path -> tree(path, problems)).orElse(YamlTree.MISSING);
        if (!problems.problems().isEmpty()) {
            return new SettingsReading(Optional.empty(), problems.problems(), problems.sections());
        }
        Settings settings = reader.settings(SettingsSection.of(tree, problems, reader::variable));
        reader.checkVariables(problems);
        return new SettingsReading(
                Optional.of(settings.withRemarks(problems.remarks())), problems.problems(), problems.sections());
    }

    private static YamlTree tree(Path path, ProblemCollector problems) {
        if (Files.notExists(path)) {
            problems.add("", "does not exist; see app/bastion.example.yaml for an example");
            return YamlTree.MISSING;
        }
        try {
            return YamlTree.read(Files.readAllBytes(path), problems);
        } catch (IOException e) {
            problems.add("", "could not be read (" + e.getMessage() + "); use the path of a readable YAML file");
            return YamlTree.MISSING;
        }
    }

    private Optional<String> variable(String path) {
        String name = PREFIX + path.replace('.', '_').toUpperCase(Locale.ROOT);
        knownVariables.add(name);
        return Optional.ofNullable(environment.get(name));
    }

    private void checkVariables(ProblemCollector problems) {
        environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !knownVariables.contains(name))
                .sorted()
                .forEach(name -> problems.add(
                        name, "is not a known variable; remove it or correct its name (see app/bastion.example.yaml)"));
    }

    private Settings settings(SettingsSection file) {
        Settings settings = new Settings(
                slack(file.section("slack")),
                ledger(file.section("ledger")),
                signing(file.section("signing")),
                anchors(file.section("anchors")),
                github(file.section("github")),
                pagerduty(file.section("pagerduty")),
                aws(file.section("aws")),
                schedule(file.section("schedule")),
                grace(file.section("grace")),
                budget(file.section("budget")),
                http(file.section("http")),
                ApiSettings.read(file.section("api")),
                database(file.section("database")),
                log(file.section("log")),
                List.of());
        file.finish();
        if (settings.ledger().reversions() == Settings.Reversions.PULL_REQUEST
                && settings.github().repository().isEmpty()) {
            file.problem("ledger.reversions", "is pull-request, which needs github.repository");
        }
        return settings;
    }

    private static Settings.Slack slack(SettingsSection section) {
        Settings.Slack slack = new Settings.Slack(
                section.requiredSecret("app_token", SettingType.SECRET),
                section.requiredSecret("bot_token", SettingType.SECRET),
                section.required("channel", CHANNEL, ""),
                section.optional("api_url", SLACK_URL, URI.create("https://slack.com/api/")));
        section.finish();
        return slack;
    }

    /** Where the service pushes by pull request, each push of commits would be a pull request of its own. */
    private static Settings.Observations usualObservations(Settings.Reversions reversions) {
        return switch (reversions) {
            case DIRECT -> Settings.Observations.COMMITS;
            case PULL_REQUEST -> Settings.Observations.NOTES;
        };
    }

    private static Settings.Ledger ledger(SettingsSection section) {
        Settings.Reversions reversions = section.optional("reversions", REVERSIONS, Settings.Reversions.DIRECT);
        Settings.Ledger ledger = new Settings.Ledger(
                section.required("remote", REMOTE, ""),
                section.optional("branch", BRANCH, "main"),
                Path.of(section.optional("directory", SettingType.TEXT, "/var/lib/bastion/ledger.git")),
                section.optional("environments", DIRECTORY_IN_REPOSITORY, "environments"),
                section.optional("username", SettingType.TEXT.asString(), "x-access-token"),
                section.secret("token", SettingType.SECRET).orElse(Secret.NONE),
                section.optional("ssh_key", SettingType.FILE, ""),
                section.optional("committer_name", SettingType.TEXT, "bastion"),
                section.optional("committer_email", SettingType.TEXT, Settings.Ledger.DEFAULT_EMAIL),
                reversions,
                section.optional("observations", OBSERVATIONS, usualObservations(reversions)));
        section.finish();
        if (!ledger.sshKey().isEmpty()) {
            GivenSecret.warnIfReadable(section, "ssh_key", ledger.sshKey());
        }
        return ledger;
    }

    private static Settings.Anchors anchors(SettingsSection section) {
        SettingsSection s3 = section.section("s3");
        Settings.Anchors anchors = new Settings.Anchors(
                s3.optional("bucket", BUCKET, ""),
                s3.optional("region", REGION, ""),
                s3.optional("prefix", SettingType.TEXT, ""),
                section.optional("remote", ANCHOR_REMOTE, ""),
                section.optional("branch", BRANCH, "anchors"),
                section.optional("username", SettingType.TEXT.asString(), "x-access-token"),
                section.secret("token", SettingType.SECRET).orElse(Secret.NONE),
                section.optional("ssh_key", SettingType.FILE, ""));
        s3.finish();
        section.finish();
        if (!anchors.sshKey().isEmpty()) {
            GivenSecret.warnIfReadable(section, "ssh_key", anchors.sshKey());
        }
        if (anchors.isBucket() && !anchors.remote().isEmpty()) {
            section.problem("remote", "and anchors.s3.bucket are two places for anchors; keep one of them");
        }
        return anchors;
    }

    private static Settings.Signing signing(SettingsSection section) {
        Settings.Signing signing = new Settings.Signing(
                signingKey(section),
                section.optional("key_file", SettingType.TEXT, ""),
                section.optional("kms_key", SettingType.TEXT, ""),
                section.optional("allowed_signers", SettingType.FILE, ""),
                Optional.of(section.optional("since", COMMIT, ""))
                        .filter(since -> !since.isEmpty())
                        .map(CommitId::new));
        section.finish();
        if (!signing.keyFile().isEmpty()) {
            GivenSecret.warnIfReadable(section, "key_file", signing.keyFile());
        }
        if (signing.hasSeveralKeys()) {
            section.problem(
                    "key",
                    "signing.key, signing.key_file and signing.kms_key are ways to give one key; keep one of them");
        }
        if (!signing.hasKey() && signing.since().isPresent()) {
            section.problem("since", "is set, which needs signing.key_file or signing.kms_key");
        }
        if (!signing.hasKey() && !signing.allowedSigners().isEmpty()) {
            section.problem(
                    "allowed_signers",
                    "is set, which needs signing.key_file or signing.kms_key: without a key nothing is signed");
        }
        return signing;
    }

    /** Not read from {@code key_file} here: the service reads that file at each signature, and it may be missing. */
    private static Secret signingKey(SettingsSection section) {
        return section.optional("key", SettingType.SECRET_TEXT, Secret.NONE);
    }

    private static Settings.Github github(SettingsSection section) {
        Settings.Github github = new Settings.Github(
                section.optional("api_url", GITHUB_URL, URI.create("https://api.github.com")),
                section.optional("repository", REPOSITORY, ""),
                section.secret("token", SettingType.SECRET).orElse(Secret.NONE),
                section.optional("app_id", SettingType.TEXT.asStringOrNumber(), ""),
                section.secret("app_private_key", SettingType.SECRET_TEXT).orElse(Secret.NONE),
                section.optional("app_installation", INSTALLATION, ""),
                section.optional("ci_login", CI_LOGIN, "github-actions[bot]"));
        section.finish();
        List<Boolean> app = List.of(
                !github.appId().isEmpty(),
                github.appPrivateKey().isGiven(),
                !github.appInstallation().isEmpty());
        if (app.contains(true) && app.contains(false)) {
            section.problem("app_id", "app_id, app_private_key and app_installation belong together; set all or none");
        }
        if (!github.repository().isEmpty()
                && !app.contains(true)
                && !github.token().isGiven()) {
            section.problem(
                    "repository",
                    "is set, but there are no credentials; set token, or app_id, app_private_key and app_installation");
        }
        return github;
    }

    private static Settings.Pagerduty pagerduty(SettingsSection section) {
        Settings.Pagerduty pagerduty = new Settings.Pagerduty(
                section.optional("api_url", PAGERDUTY_URL, URI.create("https://api.pagerduty.com")),
                section.secret("token", SettingType.SECRET).orElse(Secret.NONE));
        section.finish();
        return pagerduty;
    }

    private static Settings.Aws aws(SettingsSection section) {
        Settings.Aws aws = new Settings.Aws(
                section.required("region", REGION, ""),
                section.optional("endpoint", AWS_URL, URI.create("")).toString());
        section.finish();
        return aws;
    }

    private static Settings.Schedule schedule(SettingsSection section) {
        Settings.Schedule schedule = new Settings.Schedule(
                section.optional("ledger_every", SettingType.DURATION, Duration.ofSeconds(10)),
                section.optional("sweep_every", SettingType.DURATION, Duration.ZERO),
                section.optional("look_every", SettingType.DURATION, Duration.ofSeconds(5)),
                section.optional("proposals_every", SettingType.DURATION, Duration.ofSeconds(7)),
                section.optional("accounts_every", SettingType.DURATION, Duration.ofMinutes(2)),
                section.optional("stuck_after", SettingType.DURATION, Duration.ofMinutes(5)));
        section.finish();
        return schedule;
    }

    private static Settings.Grace grace(SettingsSection section) {
        Settings.Grace grace = new Settings.Grace(
                section.optional("alarm", SettingType.DURATION, Duration.ofMinutes(10)),
                section.optional("termination", SettingType.DURATION, Duration.ofMinutes(20)),
                section.optional("apply", SettingType.DURATION, Duration.ofMinutes(60)));
        section.finish();
        if (grace.alarm().compareTo(grace.termination()) > 0) {
            section.problem(
                    "termination", "is shorter than grace.alarm, but people must be alarmed before the service acts");
        }
        return grace;
    }

    private static Settings.Budget budget(SettingsSection section) {
        Settings.Budget budget = new Settings.Budget(
                section.optional("blob_bytes", SettingType.number(10_000, 20_000_000), 1_048_576),
                section.optional("message_bytes", SettingType.number(10_000, 4_000_000), 65_536),
                section.optional("changed_files", SettingType.number(1, 100_000), 3000),
                section.optional("pull_requests", SettingType.number(1, 5000), 500),
                section.optional("per_pull_request", SettingType.DURATION, Duration.ofSeconds(20)),
                section.optional("pack_bytes", SettingType.number(1_000_000, 1_000_000_000), 67_108_864));
        section.finish();
        return budget;
    }

    private static Settings.Http http(SettingsSection section) {
        Settings.Http http = new Settings.Http(
                section.optional("host", SettingType.TEXT, "0.0.0.0"),
                section.optional("port", SettingType.number(0, 65535), 8080));
        section.finish();
        return http;
    }

    private static Settings.Database database(SettingsSection section) {
        boolean isVariable = section.override("password").isPresent();
        Settings.Database database = new Settings.Database(
                section.optional("url", DATABASE_URL, URI.create("")),
                section.optional("username", SettingType.TEXT.asString(), "bastion"),
                section.secret("password", SettingType.SECRET).orElse(Secret.NONE),
                isVariable ? "" : section.optional("password_file", SettingType.TEXT, ""),
                section.secret("ca", SettingType.SECRET_TEXT).orElse(Secret.NONE));
        section.finish();
        if (!database.isGiven() && database.password().isGiven()) {
            section.problem("password", "is set, which needs database.url");
        }
        return database;
    }

    private static Settings.Log log(SettingsSection section) {
        Settings.Log log = new Settings.Log(section.optional("format", FORMAT, "json"));
        section.finish();
        return log;
    }
}
