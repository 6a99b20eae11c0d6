package dev.bastion.sandbox.world;

import dev.bastion.sandbox.emulator.Emulator;
import dev.bastion.sandbox.emulator.EmulatorSettings;
import dev.bastion.sandbox.emulator.Prerequisites;
import dev.bastion.sandbox.emulator.Terraform;
import dev.bastion.sandbox.github.BareRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What stands before anybody asks for anything: AWS with its prerequisites, Terraform set up for it, and a ledger whose
 * environments point at both.
 *
 * @param bucket where Terraform's state goes
 */
record Foundation(Emulator emulator, Terraform terraform, BareRepository ledger, String region, String bucket) {
    private static final Duration AGENT_DELAY = Duration.ofSeconds(3);

    static Foundation lay(WorldSettings settings, Toolbox tools, Consumer<String> progress) {
        String region = LedgerSeed.rootLiteral(tools.checkout(), "region");
        String bucket = LedgerSeed.rootLiteral(tools.checkout(), "state_bucket");
        Path aws = settings.folder().resolve("aws");
        progress.accept("starting the AWS emulator");
        Emulator emulator = Emulator.start(new EmulatorSettings(
                tools.python(), aws, region, AGENT_DELAY, settings.guestTimer(), settings.schedules()));
        try {
            emulator.createBucket(bucket);
            Terraform terraform = Terraform.configured(aws, tools.mirror(), emulator.environment());
            progress.accept("applying the prerequisites: network, endpoints, key (providers from "
                    + tools.mirror().map(path -> "the mirror " + path).orElse("the registry") + ")");
            Prerequisites made = Prerequisites.apply(
                    terraform,
                    tools.checkout().resolve("terraform-modules/prerequisites"),
                    region,
                    aws.resolve("prerequisites"));
            return new Foundation(emulator, terraform, ledger(settings, tools, made), region, bucket);
        } catch (RuntimeException failure) {
            emulator.close();
            throw failure;
        }
    }

    private static BareRepository ledger(WorldSettings settings, Toolbox tools, Prerequisites made) {
        BareRepository ledger = BareRepository.at(settings.folder().resolve("ledger.git"));
        FirstCommit.write(ledger, LedgerSeed.of(tools.checkout(), made).files(), "The environments, all closed\n");
        return ledger;
    }

    void close() {
        ledger.close();
        emulator.close();
    }
}
