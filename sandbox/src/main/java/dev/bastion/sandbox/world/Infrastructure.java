package dev.bastion.sandbox.world;

import dev.bastion.sandbox.emulator.AwsEmulator;
import dev.bastion.sandbox.emulator.AwsEmulatorSettings;
import dev.bastion.sandbox.emulator.Prerequisites;
import dev.bastion.sandbox.emulator.Terraform;
import dev.bastion.sandbox.github.git.BareRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What exists before the first request: the AWS emulator with the prerequisites, Terraform configured for it, and a
 * ledger that refers to both.
 *
 * @param bucket where Terraform's state goes
 */
record Infrastructure(
        AwsEmulator emulator,
        Terraform terraform,
        BareRepository ledger,
        SigningKey key,
        String region,
        String bucket) {
    private static final Duration AGENT_DELAY = Duration.ofSeconds(3);

    static Infrastructure create(WorldSettings settings, Toolbox tools, Consumer<String> progress) {
        String region = LedgerSeed.rootLiteral(tools.checkout(), "region");
        String bucket = LedgerSeed.rootLiteral(tools.checkout(), "state_bucket");
        Path aws = settings.folder().resolve("aws");
        progress.accept("starting the AWS emulator");
        AwsEmulator emulator = AwsEmulator.start(new AwsEmulatorSettings(
                tools.python(), aws, region, AGENT_DELAY, settings.guestTimer(), settings.schedules()));
        try {
            emulator.home().createBucket(bucket);
            Terraform terraform = Terraform.configured(aws, tools.mirror(), emulator.environment());
            progress.accept("applying the prerequisites: network, endpoints, key (providers from "
                    + tools.mirror().map(path -> "the mirror " + path).orElse("the registry") + ")");
            Prerequisites made = Prerequisites.apply(
                    terraform,
                    tools.checkout().resolve("terraform-modules/prerequisites"),
                    region,
                    aws.resolve("prerequisites"));
            SigningKey key = SigningKey.in(settings.folder().resolve("service"));
            return new Infrastructure(emulator, terraform, ledger(settings, tools, made, key), key, region, bucket);
        } catch (RuntimeException failure) {
            emulator.close();
            throw failure;
        }
    }

    private static BareRepository ledger(WorldSettings settings, Toolbox tools, Prerequisites made, SigningKey key) {
        BareRepository ledger = BareRepository.at(settings.folder().resolve("ledger.git"));
        InitialCommit.write(
                ledger, LedgerSeed.of(tools.checkout(), made).with(key).files(), "Add all environments, closed\n");
        key.verifyIn(ledger.git().getConfig());
        return ledger;
    }

    void close() {
        ledger.close();
        emulator.close();
    }
}
