package dev.bastion.app;

import dev.bastion.access.diagnosis.InstallationCheck;
import dev.bastion.app.aws.account.AwsPlaces;
import dev.bastion.app.aws.account.PlacesCheck;
import dev.bastion.app.aws.account.WatchedPlaces;
import dev.bastion.app.config.Settings;
import dev.bastion.app.diagnosis.LedgerContent;
import dev.bastion.layout.LedgerName;
import dev.bastion.ledger.GitGrantLedger;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The wiring of the AWS accounts and regions that a ledger names. */
final class AwsWiring {
    private AwsWiring() {}

    /** The accounts as the default branch names them, closed by the caller. */
    static AwsPlaces places(Settings settings, GitGrantLedger ledger) {
        return new AwsPlaces(
                () -> ledger.accounts()
                        .map(accounts ->
                                WatchedPlaces.of(accounts, settings.aws().region(), ledger::placeOf))
                        .orElse(WatchedPlaces.NONE),
                ModuleSettings.awsEndpoint(settings),
                LedgerName.of(settings.ledger().remote()));
    }

    /**
     * The check of all of them.
     *
     * @param ledger what the default branch has; empty when it cannot be read, and then the settings' region is checked
     */
    static InstallationCheck check(Settings settings, Supplier<Optional<LedgerContent>> ledger) {
        String region = settings.aws().region();
        return new PlacesCheck(
                () -> ledger.get()
                        .map(content -> WatchedPlaces.of(content.accounts(), region, content::placeOf))
                        .orElseGet(() -> WatchedPlaces.only(region)),
                ModuleSettings.awsEndpoint(settings),
                () -> ledger.get().map(LedgerContent::openEnvironments).orElse(Set.of()));
    }
}
