package dev.bastion.sandbox;

import dev.bastion.sandbox.demo.ScreenshotStory;
import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.machine.MissingToolsException;
import dev.bastion.sandbox.machine.Ports;
import dev.bastion.sandbox.world.RunFolder;
import dev.bastion.sandbox.world.SandboxWorld;
import dev.bastion.sandbox.world.Toolbox;
import dev.bastion.sandbox.world.WorldSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code sandbox}: starts the sandbox and keeps it running until it is interrupted. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = "Starts Slack, GitHub, CI, AWS and the service on this machine, and a web page that shows them.")
public final class SandboxCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            defaultValue = "0",
            description = "Port of the page, Slack, GitHub and CI (0: any free one).")
    private int port;

    @Option(names = "--without-service", description = "Do not start the service; connect a client of your own.")
    private boolean withoutService;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "1",
            description = "Start so many processes of the service, up to 5; several share a PostgreSQL, and one leads.")
    private int replicas;

    @Option(names = "--json", description = "Print addresses and tokens as JSON on standard output.")
    private boolean json;

    @Option(names = "--guest-timer", description = "Instances shut themselves down at their end, as in an AWS account.")
    private boolean guestTimer;

    @Option(names = "--schedules", description = "Schedules fire, as in an AWS account.")
    private boolean schedules;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Keep all files in this folder, which must be empty or absent.")
    private @Nullable Path keep;

    @Option(
            names = "--screenshots",
            paramLabel = "DIR",
            description = "Play a short story, write sandbox-page.png and slack-message.png into this folder, and end."
                    + " Needs Chromium.")
    private @Nullable Path screenshots;

    @Override
    public Integer call() {
        PrintStream people = json ? System.err : System.out;
        try {
            run(people);
            return 0;
        } catch (IllegalArgumentException | MissingToolsException missing) {
            System.err.println("sandbox: " + missing.getMessage());
            return 2;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (RuntimeException failure) {
            System.err.println("sandbox: " + failure.getMessage());
            return 1;
        }
    }

    /** Returns when the screenshots are written; without them, only when the process is interrupted. */
    private void run(PrintStream people) throws InterruptedException {
        Ports.requireFree(port);
        Toolbox tools = Toolbox.find(System.getenv());
        RunFolder folder = RunFolder.of(Optional.ofNullable(keep), "sandbox", System.getenv());
        WorldSettings settings = new WorldSettings(
                folder.path(), port, !withoutService, replicas, guestTimer, schedules, WorldSettings.DEFAULT_GRACE);
        SandboxWorld world = SandboxWorld.start(settings, tools, line -> people.println("sandbox: " + line));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            world.close();
            folder.close();
        }));
        if (screenshots != null) {
            Narrator narrator = new Narrator(people, false);
            new ScreenshotStory(world, narrator, tools.launcher().toString())
                    .capture(
                            screenshots,
                            System.getenv().getOrDefault("PATH", ""),
                            folder.path().resolve("chromium"));
        } else {
            printAddresses(world, people);
            new CountDownLatch(1).await();
        }
    }

    private void printAddresses(SandboxWorld world, PrintStream people) {
        if (json) {
            System.out.println(world.addresses().json());
        } else {
            people.println();
            people.print(world.addresses().text());
            people.println("logs        " + world.folder());
        }
        people.println("\nsandbox: once dev is ready, query its database from another terminal:\n"
                + "    " + world.terminalLine() + "\n"
                + "    bastion connect dev --psql -c 'select 1'");
        people.println("\nsandbox: open " + world.addresses().page()
                + " and type /bastion create dev (Ctrl-C stops the sandbox)");
    }
}
