package dev.bastion.sandbox.world;

import dev.bastion.sandbox.emulator.AwsEmulator;
import dev.bastion.sandbox.emulator.AwsEmulatorSettings;
import dev.bastion.sandbox.emulator.AwsPlace;
import dev.bastion.sandbox.emulator.Prerequisites;
import dev.bastion.sandbox.emulator.Terraform;
import dev.bastion.sandbox.github.git.BareRepository;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * What exists before the first request: the AWS emulator with the prerequisites, Terraform configured for it, and a
 * ledger that refers to both.
 *
 * @param bucket where Terraform's state goes, of environments without an account of their own
 * @param places the accounts of a ledger that has several
 * @param settings the service's settings file; empty where variables say everything
 */
record Infrastructure(
        AwsEmulator emulator,
        Terraform terraform,
        BareRepository ledger,
        SigningKey key,
        String region,
        String bucket,
        Map<SandboxAccount, AwsPlace> places,
        Optional<Path> settings) {
    private static final Duration AGENT_DELAY = Duration.ofSeconds(3);

    Infrastructure {
        places = Map.copyOf(places);
    }

    static Infrastructure create(WorldSettings settings, Toolbox tools, Consumer<String> progress) {
        String region = LedgerSeed.rootLiteral(tools.checkout(), "region");
        String bucket = LedgerSeed.rootLiteral(tools.checkout(), "state_bucket");
        Path aws = settings.folder().resolve("aws");
        progress.accept("starting the AWS emulator");
        AwsEmulator emulator = emulator(settings, tools, region);
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
            BareRepository ledger = ledger(
                    settings,
                    key,
                    LedgerSeed.of(tools.checkout(), made).with(key).files());
            return new Infrastructure(emulator, terraform, ledger, key, region, bucket, Map.of(), Optional.empty());
        } catch (RuntimeException failure) {
            emulator.close();
            throw failure;
        }
    }

    /**
     * The same for a repository made by {@code bastion init}, with two accounts in two regions.
     *
     * @param github where GitHub is reached
     */
    static Infrastructure withAccounts(
            WorldSettings settings, Toolbox tools, URI github, String repository, Consumer<String> progress) {
        Path aws = settings.folder().resolve("aws");
        progress.accept("starting the AWS emulator with the accounts staging and prod");
        AwsEmulator emulator = emulator(settings, tools, SandboxAccount.STAGING.region());
        try {
            Map<SandboxAccount, AwsPlace> places = new LinkedHashMap<>();
            SandboxAccount.ALL.forEach(account -> places.put(account, emulator.place(account.id(), account.region())));
            progress.accept("applying the prerequisites in both");
            Map<SandboxAccount, Prerequisites> made = prerequisites(places, tools, aws);
            SigningKey key = SigningKey.in(settings.folder().resolve("service"));
            progress.accept("bastion init in an empty repository");
            BareRepository ledger = ledger(
                    settings,
                    key,
                    new AdoptedRepository(settings.folder(), tools).files(made, key, github, repository));
            return new Infrastructure(
                    emulator,
                    Terraform.configured(aws, tools.mirror(), emulator.environment()),
                    ledger,
                    key,
                    SandboxAccount.STAGING.region(),
                    "",
                    places,
                    Optional.of(AdoptedRepository.settings(settings.folder())));
        } catch (RuntimeException failure) {
            emulator.close();
            throw failure;
        }
    }

    /** At the same time in all accounts. */
    private static Map<SandboxAccount, Prerequisites> prerequisites(
            Map<SandboxAccount, AwsPlace> places, Toolbox tools, Path aws) {
        Map<SandboxAccount, Future<Prerequisites>> running = new LinkedHashMap<>();
        Map<SandboxAccount, Prerequisites> made = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            places.forEach((account, place) ->
                    running.put(account, threads.submit(() -> prerequisites(account, place, tools, aws))));
            for (Map.Entry<SandboxAccount, Future<Prerequisites>> each : running.entrySet()) {
                made.put(each.getKey(), each.getValue().get());
            }
            return made;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while applying the prerequisites", stopping);
        }
    }

    private static Prerequisites prerequisites(SandboxAccount account, AwsPlace place, Toolbox tools, Path aws) {
        Path folder = aws.resolve(account.key());
        place.createBucket(account.bucket());
        return Prerequisites.apply(
                Terraform.configured(folder, tools.mirror(), place.environment()),
                tools.checkout().resolve("terraform-modules/prerequisites"),
                account.region(),
                folder.resolve("prerequisites"));
    }

    private static AwsEmulator emulator(WorldSettings settings, Toolbox tools, String region) {
        return AwsEmulator.start(new AwsEmulatorSettings(
                tools.python(),
                settings.folder().resolve("aws"),
                region,
                AGENT_DELAY,
                settings.guestTimer(),
                settings.schedules()));
    }

    private static BareRepository ledger(WorldSettings settings, SigningKey key, Map<String, byte[]> files) {
        BareRepository ledger = BareRepository.at(settings.folder().resolve("ledger.git"));
        InitialCommit.write(ledger, files, "Add all environments, closed\n");
        key.verifyIn(ledger.git().getConfig());
        return ledger;
    }

    void close() {
        ledger.close();
        emulator.close();
    }
}
