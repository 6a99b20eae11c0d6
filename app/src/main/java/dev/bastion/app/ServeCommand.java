package dev.bastion.app;

import dev.bastion.access.port.PolicyProblems;
import dev.bastion.app.config.Settings;
import dev.bastion.app.config.SettingsFile;
import dev.bastion.app.config.SettingsProblems;
import dev.bastion.app.trace.InvalidTracing;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code serve}, which runs the service until a signal stops it. */
@Command(name = "serve", description = "Runs the service.", mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
    private static final int SUCCESS = 0;
    private static final int INVALID_SETTINGS = 2;
    /** As {@code -XX:+ExitOnOutOfMemoryError}, with which the image is started. */
    private static final int OUT_OF_MEMORY = 3;

    private final InstantSource clock;
    private final Map<String, String> environment;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings in YAML; see app/bastion.example.yaml. BASTION_ variables override it.")
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
            return fail("invalid settings:", String.valueOf(e.getMessage()));
        }
        System.setProperty("bastion.log", settings.log().format());
        return serve(settings);
    }

    private int serve(Settings settings) {
        Service service = new Service(settings, environment, clock);
        Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
        Thread.setDefaultUncaughtExceptionHandler(ServeCommand::uncaught);
        try {
            service.start();
        } catch (PolicyProblems e) {
            return fail("invalid access policy:", String.valueOf(e.getMessage()));
        } catch (InvalidTracing e) {
            return fail("invalid settings:", String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) { // like a port in use or a directory that is not writable
            return fail("cannot start:", e.getMessage() + "\n" + e.getCause());
        }
        service.awaitEnd();
        return SUCCESS;
    }

    /** Out of memory, even an orderly shutdown may fail, so the process halts and its supervisor restarts it. */
    private static void uncaught(Thread thread, Throwable thrown) {
        if (thrown instanceof OutOfMemoryError) {
            Runtime.getRuntime().halt(OUT_OF_MEMORY);
        }
        // not a constant: loggers must be created after the setting of the log's format is read
        LoggerFactory.getLogger(ServeCommand.class)
                .atError()
                .addKeyValue("thread", thread.getName())
                .setCause(thrown)
                .log("thread.failed");
    }

    private int fail(String heading, String problems) {
        if (spec != null) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("bastion: " + heading);
            problems.lines().forEach(line -> err.println("  " + line));
            err.flush();
        }
        return INVALID_SETTINGS;
    }
}
