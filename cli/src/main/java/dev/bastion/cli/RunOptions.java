package dev.bastion.cli;

import dev.bastion.apply.ApplyEnvironment;
import dev.bastion.apply.ApplyRequest;
import dev.bastion.apply.OutcomeReporter;
import dev.bastion.apply.run.Progress;
import dev.bastion.apply.run.Redaction;
import dev.bastion.apply.source.LayoutSource;
import dev.bastion.apply.stack.DriverChoice;
import dev.bastion.apply.terraform.GracefulShutdown;
import dev.bastion.apply.terraform.ShutdownRequest;
import dev.bastion.apply.terraform.Tools;
import dev.bastion.cli.account.AccountCredentials;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that {@code plan} and {@code apply} share. */
final class RunOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            description = "The directory of an environment's file, like environments/dev/bastion.")
    private @Nullable Path directory;

    @Option(
            names = "--driver",
            paramLabel = "auto|terragrunt|cdktf",
            defaultValue = "${env:BASTION_DRIVER:-auto}",
            converter = DriverConverter.class,
            description =
                    "How to run Terraform on a Terragrunt unit; auto uses Terragrunt if the file needs it (default:"
                            + " $BASTION_DRIVER, else auto).")
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

    /** The directory of one environment; empty for those of a range of commits. */
    Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    /** The error that the command names neither or both. */
    ParameterException wrongSelection() {
        return new ParameterException(
                spec.commandLine(),
                "name one environment's directory (DIR), or a range of commits (--changed OLD..NEW)");
    }

    /**
     * The request for one environment.
     *
     * @param head the commit that is applied; empty for the checked-out one
     * @param revision the commit of the environment's own files; empty for the same one
     * @param branch the branch whose newest commit must be the one that is applied; empty for any commit
     */
    ApplyRequest request(Path path, Optional<String> head, Optional<String> revision, Optional<String> branch) {
        return new ApplyRequest(path, driver, Duration.ofSeconds(lockTimeout), head, revision, branch, layout.source());
    }

    LayoutSource layout() {
        return layout.source();
    }

    /**
     * Runs work with reports and graceful shutdown.
     *
     * @return what the work returns
     */
    <T> T run(InstantSource clock, Map<String, String> environment, OutcomeReporter reporter, Work<T> work)
            throws IOException {
        Progress progress = System.out::println;
        Redaction redaction = Redaction.of(environment);
        try (GracefulShutdown shutdownHook = GracefulShutdown.install();
                BackgroundReporter background =
                        new BackgroundReporter(reporter, progress, BackgroundReporter.DEFAULT_TIMEOUT)) {
            ApplyEnvironment runner = new ApplyEnvironment(
                    Tools.find(environment),
                    clock,
                    progress,
                    background,
                    shutdownHook.shutdown(),
                    redaction,
                    new AccountCredentials(environment, redaction));
            return work.run(runner, shutdownHook.shutdown());
        }
    }

    /** Writes the result file, where one is asked for. */
    void writeResult(String json) throws IOException {
        if (result != null) {
            Files.writeString(result, json);
        }
    }

    /** Plans or applies. */
    @FunctionalInterface
    interface Work<T> {
        T run(ApplyEnvironment runner, ShutdownRequest shutdown) throws IOException;
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
