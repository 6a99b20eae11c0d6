package dev.bastion.app;

import dev.bastion.access.policy.PolicyProblems;
import dev.bastion.app.config.Settings;
import dev.bastion.app.config.SettingsFile;
import dev.bastion.app.config.SettingsProblems;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the service until it is told to stop. */
@Command(name = "serve", description = "Runs the service.", mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int WRONG_SETTINGS = 2;

    private final InstantSource clock;
    private final Map<String, String> environment;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings in YAML; see app/bastion.example.yaml. BASTION_ variables win over it.")
    private @Nullable Path file;

    public ServeCommand(InstantSource clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Settings settings;
        try {
            settings = SettingsFile.read(Optional.ofNullable(file), environment);
        } catch (SettingsProblems e) {
            return wrong("the settings are wrong:", String.valueOf(e.getMessage()));
        }
        System.setProperty("bastion.log", settings.log().format());
        return serve(settings);
    }

    private int serve(Settings settings) {
        Service service = new Service(settings, clock);
        Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
        try {
            service.start();
        } catch (PolicyProblems e) {
            return wrong("the access policy is wrong:", String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) { // a port that is taken, a folder that cannot be written
            return wrong("it cannot start here:", e.getMessage() + "\n" + e.getCause());
        }
        service.awaitEnd();
        return DONE;
    }

    private int wrong(String what, String problems) {
        if (spec != null) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("bastion: " + what);
            problems.lines().forEach(line -> err.println("  " + line));
            err.flush();
        }
        return WRONG_SETTINGS;
    }
}
