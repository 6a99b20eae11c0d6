package dev.bastion.cli;

import dev.bastion.apply.ApplyEnvironment;
import dev.bastion.apply.ApplyRequest;
import dev.bastion.apply.OutcomeReporter;
import dev.bastion.apply.RunResult;
import dev.bastion.apply.run.Progress;
import dev.bastion.apply.run.Redaction;
import dev.bastion.apply.stack.DriverChoice;
import dev.bastion.apply.terraform.GracefulShutdown;
import dev.bastion.apply.terraform.Tools;
import dev.bastion.cli.option.LayoutOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The options that {@code plan} and {@code apply} share. */
final class RunOptions {
    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "The directory of an environment's terragrunt.hcl, like environments/dev/bastion.")
    private Path directory = Path.of(".");

    @Option(
            names = "--driver",
            paramLabel = "auto|terragrunt|cdktf",
            defaultValue = "${env:BASTION_DRIVER:-auto}",
            converter = DriverConverter.class,
            description =
                    "How to run Terraform; auto uses Terragrunt if the file needs it (default: $BASTION_DRIVER, else auto).")
    private DriverChoice driver = DriverChoice.AUTO;

    @Option(
            names = "--lock-timeout",
            paramLabel = "SECONDS",
            description = "How long to wait while another run holds the state lock (default: 300).")
    private long lockTimeout = ApplyRequest.LOCK_TIMEOUT.toSeconds();

    @Option(
            names = "--result",
            paramLabel = "FILE",
            converter = WritableFile.class,
            description = "Write the result to this file, as JSON.")
    private @Nullable Path result;

    @Mixin
    private LayoutOptions layout = new LayoutOptions();

    /**
     * Runs one operation with reports and graceful shutdown, and writes the result file.
     *
     * @param revision the commit of the environment's own files; empty for the checked-out one
     * @param branch the branch whose newest commit must be the one that is applied; empty for any commit
     * @return the exit code
     */
    int run(
            InstantSource clock,
            Map<String, String> environment,
            OutcomeReporter reporter,
            Optional<String> revision,
            Optional<String> branch,
            Operation operation)
            throws IOException {
        Progress progress = System.out::println;
        try (GracefulShutdown shutdownHook = GracefulShutdown.install();
                BackgroundReporter background =
                        new BackgroundReporter(reporter, progress, BackgroundReporter.DEFAULT_TIMEOUT)) {
            ApplyEnvironment runner = new ApplyEnvironment(
                    Tools.find(environment),
                    clock,
                    progress,
                    background,
                    shutdownHook.shutdown(),
                    Redaction.of(environment));
            ApplyRequest request = new ApplyRequest(
                    directory, driver, Duration.ofSeconds(lockTimeout), revision, branch, layout.source());
            RunResult runResult = operation.run(runner, request);
            if (result != null) {
                Files.writeString(result, runResult.json());
            }
            return runResult.outcome().exitCode();
        }
    }

    /** A plan or an apply. */
    @FunctionalInterface
    interface Operation {
        RunResult run(ApplyEnvironment runner, ApplyRequest request) throws IOException;
    }

    /** A file that can be created. Checked before the run: after an apply it would be too late. */
    static final class WritableFile implements ITypeConverter<Path> {
        @Override
        public Path convert(String value) {
            Path file = Path.of(value).toAbsolutePath();
            if (Files.isDirectory(file) || !Files.isDirectory(file.resolveSibling("."))) {
                throw new TypeConversionException(
                        "'" + value + "' cannot be written: its directory does not exist, or it is itself a directory");
            }
            return file;
        }
    }

    /** The converter of {@code auto}, {@code terragrunt} and {@code cdktf}. */
    static final class DriverConverter implements ITypeConverter<DriverChoice> {
        @Override
        public DriverChoice convert(String value) {
            try {
                return DriverChoice.valueOf(value.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException _) {
                throw new TypeConversionException("'" + value + "' is not a driver; write auto, terragrunt or cdktf");
            }
        }
    }
}
