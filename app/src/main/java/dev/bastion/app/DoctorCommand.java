package dev.bastion.app;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Diagnosis;
import dev.bastion.access.diagnosis.InstallationCheck;
import dev.bastion.app.config.SettingsFile;
import dev.bastion.app.config.SettingsReading;
import dev.bastion.app.diagnosis.DiagnosisTable;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.client.GithubClient;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code doctor}, which says what of an installation is set up wrongly, and what to do about it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks settings, Slack, GitHub, ledger, CI and AWS, and says what to do. It changes nothing.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:no problem",
            "1:a problem",
            "2:wrong usage, settings that cannot be read, or a system that could not be checked"
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final int HEALTHY = 0;
    private static final int PROBLEM = 1;
    private static final int NOT_SEEN = 2;

    private final InstantSource clock;
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings in YAML, as for serve. BASTION_ variables override it.")
    private @Nullable Path file;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean isJson;

    @Option(names = "--no-color", description = "Prints no colors; nor does it with NO_COLOR, or without a terminal.")
    private boolean isPlain;

    public DoctorCommand(InstantSource clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        SettingsReading reading = SettingsFile.examine(Optional.ofNullable(file), environment);
        Diagnosis diagnosis = look(reading);
        DiagnosisTable table = new DiagnosisTable(diagnosis, isColored());
        PrintWriter out = spec.commandLine().getOut();
        out.println(isJson ? table.json() : table.text().stripTrailing());
        out.flush();
        if (reading.settings().isEmpty()) {
            return NOT_SEEN;
        }
        if (diagnosis.hasProblem()) {
            return PROBLEM;
        }
        return diagnosis.isIncomplete() ? NOT_SEEN : HEALTHY;
    }

    private boolean isColored() {
        return !isPlain
                && !environment.containsKey("NO_COLOR")
                && Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent();
    }

    private Diagnosis look(SettingsReading reading) {
        Optional<GithubSettings> at =
                reading.settings().filter(_ -> reading.isUsable("github")).flatMap(ModuleSettings::github);
        Optional<GithubClient> github = Optional.empty();
        List<InstallationCheck> refused = List.of();
        try {
            github = at.map(GithubClient::new);
        } catch (IllegalArgumentException e) {
            refused = List.of(InstallationChecks.unusable(Area.GITHUB, e));
        }
        Path folder = folder(reading);
        try {
            return new InstallationChecks(reading, github, refused, false, clock).look(folder.resolve("ledger.git"));
        } finally {
            github.ifPresent(GithubClient::close);
            deleteIfEmpty(folder);
        }
    }

    /** A directory beside the service's clone, which is writable in a container; or among temporary files. */
    private static Path folder(SettingsReading reading) {
        try {
            Optional<Path> beside = reading.settings()
                    .map(settings ->
                            settings.ledger().directory().toAbsolutePath().getParent())
                    .filter(Files::isWritable);
            return beside.isPresent()
                    ? Files.createTempDirectory(beside.get(), "doctor")
                    : Files.createTempDirectory("bastion-doctor");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a directory for a clone; make ledger.directory writable", e);
        }
    }

    /** A clone that a check left behind, because the remote did not answer in time, stays until the process ends. */
    private static void deleteIfEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException _) {
            folder.toFile().deleteOnExit();
        }
    }
}
