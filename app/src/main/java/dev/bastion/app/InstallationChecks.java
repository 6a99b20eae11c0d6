package dev.bastion.app;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Diagnosis;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.InstallationCheck;
import dev.bastion.app.audience.AudienceCheck;
import dev.bastion.app.audience.AudienceSystems;
import dev.bastion.app.config.Settings;
import dev.bastion.app.config.SettingsReading;
import dev.bastion.app.diagnosis.CiFindings;
import dev.bastion.app.diagnosis.GithubCheck;
import dev.bastion.app.diagnosis.LedgerCheck;
import dev.bastion.app.diagnosis.LedgerContent;
import dev.bastion.app.diagnosis.LedgerReading;
import dev.bastion.app.diagnosis.SettingsFindings;
import dev.bastion.app.replica.DatabaseCheck;
import dev.bastion.github.client.GithubClient;
import dev.bastion.ledger.write.LedgerSettings;
import dev.bastion.slack.web.SlackCheck;
import dev.bastion.slack.web.SlackClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checks of an installation, for the command {@code doctor} and for the service alike. An area whose settings are
 * wrong is not checked; the others are.
 */
final class InstallationChecks {
    /** How long one system may take. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final SettingsReading reading;
    private final InstantSource clock;
    private final Optional<GithubClient> github;
    private final boolean isServing;
    private final List<InstallationCheck> more;

    /**
     * @param github the client of the settings' repository; empty for none, or with wrong settings
     * @param more further checks
     * @param isServing whether the service itself runs in this process, with a connection of its own to Slack
     */
    InstallationChecks(
            SettingsReading reading,
            Optional<GithubClient> github,
            List<InstallationCheck> more,
            boolean isServing,
            InstantSource clock) {
        this.reading = reading;
        this.more = more;
        this.github = github;
        this.isServing = isServing;
        this.clock = clock;
    }

    /** @param clone where to clone the ledger for this look */
    Diagnosis look(Path clone) {
        List<InstallationCheck> checks = new ArrayList<>();
        checks.add(InstallationCheck.of(Area.SETTINGS, "settings", SettingsFindings.of(reading)));
        checks.addAll(more);
        reading.settings().ifPresent(settings -> addAll(settings, clone, checks));
        return Diagnosis.of(checks, LIMIT);
    }

    private void addAll(Settings settings, Path clone, List<InstallationCheck> checks) {
        Optional<LedgerReading> ledger = Optional.empty();
        if (isLedgerUsable(settings)) {
            try {
                LedgerSettings at = ModuleSettings.ledger(settings, github);
                LedgerReading shared = new LedgerReading(at, clone, ModuleSettings.PARSERS);
                checks.add(new LedgerCheck(at, settings.signing().keyFile(), shared));
                ledger = Optional.of(shared);
                audiences(settings, shared).ifPresent(checks::add);
            } catch (UncheckedIOException | IllegalArgumentException e) {
                checks.add(unusable(Area.LEDGER, e));
            }
        }
        if (reading.isUsable("slack")) {
            Optional<LedgerReading> known = ledger;
            checks.add(new SlackCheck(
                    ModuleSettings.slack(settings),
                    !isServing,
                    () -> known.flatMap(LedgerReading::ifReadable)
                            .map(LedgerContent::channels)
                            .orElse(List.of())));
        }
        // the service writes them itself, and says so in /readyz
        if (!isServing && reading.isUsable("anchors") && reading.isUsable("aws") && isLedgerUsable(settings)) {
            AnchorPlaces.of(settings).map(AnchorCheck::new).ifPresent(checks::add);
        }
        checks.addAll(github(settings, ledger));
        // a replica that serves has it in /readyz
        if (!isServing && reading.isUsable("database") && settings.database().isGiven()) {
            checks.add(new DatabaseCheck(settings.database()));
        }
        if (reading.isUsable("aws")) {
            Optional<LedgerReading> known = ledger;
            checks.add(AwsWiring.check(settings, () -> known.flatMap(LedgerReading::ifReadable)));
        }
    }

    private Optional<InstallationCheck> audiences(Settings settings, LedgerReading ledger) {
        return reading.isUsable("slack") && reading.isUsable("pagerduty")
                ? Optional.of(new AudienceCheck(
                        () -> ledger.ifReadable().flatMap(LedgerContent::policy),
                        () -> AudienceSystems.of(
                                settings, github, new SlackClient(ModuleSettings.slack(settings), clock), true, clock),
                        settings.signing().hasKey()))
                : Optional.empty();
    }

    /** Settings that are well-formed and still cannot be used, like a private key that is none. */
    static InstallationCheck unusable(Area area, RuntimeException fault) {
        return InstallationCheck.of(
                area,
                area.title(),
                List.of(Finding.problem(
                        area,
                        "settings",
                        String.valueOf(fault.getMessage()),
                        "correct the setting; app/bastion.example.yaml explains each")));
    }

    /** A key in AWS KMS is reached by the settings of AWS, and the ledger may be reached by those of GitHub. */
    private boolean isLedgerUsable(Settings settings) {
        boolean isKeyReachable = settings.signing().kmsKey().isEmpty() || reading.isUsable("aws");
        return isKeyReachable && Stream.of("ledger", "signing", "budget").allMatch(reading::isUsable);
    }

    private List<InstallationCheck> github(Settings settings, Optional<LedgerReading> ledger) {
        if (settings.github().repository().isEmpty() && reading.isUsable("github")) {
            return List.of(InstallationCheck.of(
                    Area.GITHUB,
                    "GitHub",
                    List.of(Finding.warning(
                            Area.GITHUB,
                            "repository",
                            "github.repository is not set, so the service does not see CI's reports and refuses"
                                    + " requests that need approval",
                            "set github.repository and its credentials"))));
        }
        return github.<List<InstallationCheck>>map(client -> List.of(new GithubCheck(
                        client,
                        ledger,
                        content -> ModuleSettings.permissions(
                                settings,
                                client,
                                content.map(LedgerContent::needsApprovals).orElse(true),
                                content.map(LedgerContent::countsApprovalsInSlack)
                                        .orElse(false)),
                        new CiFindings(
                                client,
                                settings.ledger().branch(),
                                settings.github().ciLogin(),
                                settings.grace().apply(),
                                clock.instant()),
                        !isServing)))
                .orElse(List.of());
    }
}
