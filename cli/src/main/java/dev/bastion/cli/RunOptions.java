package dev.bastion.cli;

import dev.bastion.apply.ApplyRequest;
import dev.bastion.apply.RunResult;
import dev.bastion.apply.stack.DriverChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What {@code plan} and {@code apply} have in common. */
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
            converter = Choice.class,
            description =
                    "How to run Terraform; auto takes Terragrunt where the file needs it (default: $BASTION_DRIVER, else auto).")
    private DriverChoice driver = DriverChoice.AUTO;

    @Option(
            names = "--lock-timeout",
            paramLabel = "SECONDS",
            description = "How long to wait for somebody else's lock on the state (default: 300).")
    private long lockTimeout = ApplyRequest.LOCK_TIMEOUT.toSeconds();

    @Option(
            names = "--result",
            paramLabel = "FILE",
            converter = NewFile.class,
            description = "Where to write the result as JSON.")
    private @Nullable Path result;

    ApplyRequest request() {
        return new ApplyRequest(directory, driver, Duration.ofSeconds(lockTimeout));
    }

    void write(RunResult outcome) throws IOException {
        if (result != null) {
            Files.writeString(result, outcome.json());
        }
    }

    /** Refused before anything is done: after an apply it would be too late to find no folder to write into. */
    static final class NewFile implements ITypeConverter<Path> {
        @Override
        public Path convert(String value) {
            Path file = Path.of(value).toAbsolutePath();
            if (Files.isDirectory(file) || !Files.isDirectory(file.resolveSibling("."))) {
                throw new TypeConversionException("'" + value + "' is no file in a folder that is there");
            }
            return file;
        }
    }

    /** Reads {@code auto}, {@code terragrunt}, {@code cdktf}. */
    static final class Choice implements ITypeConverter<DriverChoice> {
        @Override
        public DriverChoice convert(String value) {
            try {
                return DriverChoice.valueOf(value.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException _) {
                throw new TypeConversionException("the driver is '" + value + "'; write auto, terragrunt or cdktf");
            }
        }
    }
}
