package dev.bastion.app;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Diagnosis;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.InstallationCheck;
import dev.bastion.app.aws.AwsCheck;
import dev.bastion.app.config.Settings;
import dev.bastion.app.config.SettingsReading;
import dev.bastion.app.diagnosis.CiFindings;
import dev.bastion.app.diagnosis.GithubCheck;
import dev.bastion.app.diagnosis.LedgerCheck;
import dev.bastion.app.diagnosis.LedgerContent;
import dev.bastion.app.diagnosis.LedgerReading;
import dev.bastion.app.diagnosis.SettingsFindings;
import dev.bastion.github.client.GithubClient;
import dev.bastion.ledger.write.LedgerSettings;
import dev.bastion.slack.web.SlackCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The checks of an installation, for the command {@code doctor} and for the service alike. An area whose settings are wrong is
 * not checked; the others are.
 */
final class InstallationChecks {
    /** How long one system may take. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final SettingsReading reading;
    private final InstantSource clock;
    private final Optional<GithubClient> github;
    private final boolean isServing;

    /**
     * @param github the client of the settings' repository; empty for none, or with wrong settings
     * @param isServing whether the service itself runs in this process, with a connection of its own to Slack
     */
    InstallationChecks(
            SettingsReading reading, Optional<GithubClient> github, boolean isServing, InstantSource clock) {
        this.reading = reading;
        this.github = github;
        this.isServing = isServing;
        this.clock = clock;
    }

    /** @param clone where to clone the ledger for this look */
    Diagnosis look(Path clone) {
        List<InstallationCheck> checks = new ArrayList<>();
        checks.add(InstallationCheck.of(Area.SETTINGS, "settings", SettingsFindings.of(reading)));
        reading.settings().ifPresent(settings -> addAll(settings, clone, checks));
        return Diagnosis.of(checks, LIMIT);
    }

    private void addAll(Settings settings, Path clone, List<InstallationCheck> checks) {
        if (reading.isUsable("slack")) {
            checks.add(new SlackCheck(ModuleSettings.slack(settings), !isServing));
        }
        Optional<LedgerReading> ledger = Optional.empty();
        if (isLedgerUsable(settings)) {
            LedgerSettings at = ModuleSettings.ledger(settings, github);
            LedgerReading shared = new LedgerReading(at, clone, ModuleSettings.PARSERS);
            checks.add(new LedgerCheck(at, settings.signing().keyFile(), shared));
            ledger = Optional.of(shared);
        }
        checks.addAll(github(settings, ledger));
        if (reading.isUsable("aws")) {
            Optional<LedgerReading> known = ledger;
            checks.add(new AwsCheck(
                    settings.aws().region(),
                    ModuleSettings.awsEndpoint(settings),
                    () -> known.flatMap(LedgerReading::ifReadable)
                            .map(LedgerContent::open)
                            .orElse(Set.of())));
        }
    }

    /** A key in AWS KMS is reached by the settings of AWS, and the ledger may be reached by those of GitHub. */
    private boolean isLedgerUsable(Settings settings) {
        boolean isKeyReachable = settings.signing().kmsKey().isEmpty() || reading.isUsable("aws");
        return reading.isUsable("ledger") && reading.isUsable("signing") && reading.isUsable("budget") && isKeyReachable;
    }

    private List<InstallationCheck> github(Settings settings, Optional<LedgerReading> ledger) {
        if (settings.github().repository().isEmpty() && reading.isUsable("github")) {
            return List.of(InstallationCheck.of(
                    Area.GITHUB,
                    "GitHub",
                    List.of(Finding.warning(
                            Area.GITHUB,
                            "repository",
                            "github.repository is not set, so the service does not see CI's reports and refuses requests that"
                                    + " need approval",
                            "set github.repository and its credentials"))));
        }
        return github.<List<InstallationCheck>>map(client -> List.of(new GithubCheck(
                        client,
                        ledger,
                        content -> ModuleSettings.permissions(
                                settings,
                                content.map(LedgerContent::needsApprovals).orElse(true)),
                        new CiFindings(
                                client,
                                settings.ledger().branch(),
                                settings.github().ciLogin(),
                                settings.grace().apply(),
                                clock.instant()))))
                .orElse(List.of());
    }
}
