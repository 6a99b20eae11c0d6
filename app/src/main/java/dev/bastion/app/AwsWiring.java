package dev.bastion.app;

import dev.bastion.app.aws.account.AwsPlaces;
import dev.bastion.app.aws.account.WatchedPlaces;
import dev.bastion.app.config.Settings;
import dev.bastion.layout.LedgerName;
import dev.bastion.ledger.GitGrantLedger;

/** The wiring of the AWS accounts and regions that a ledger names. */
final class AwsWiring {
    private AwsWiring() {}

    /** The accounts as the default branch names them, closed by the caller. */
    static AwsPlaces places(Settings settings, GitGrantLedger ledger) {
        WatchedPlaces only = WatchedPlaces.only(settings.aws().region());
        return new AwsPlaces(
                () -> only,
                ModuleSettings.awsEndpoint(settings),
                LedgerName.of(settings.ledger().remote()));
    }
}
