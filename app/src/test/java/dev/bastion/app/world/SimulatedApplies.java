package dev.bastion.app.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bastion.sandbox.ci.ApplyScope;
import dev.bastion.sandbox.ci.Ci;
import dev.bastion.sandbox.ci.CiFaults;
import dev.bastion.sandbox.ci.CiSettings;
import dev.bastion.sandbox.page.CiRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * The sandbox's CI with a launcher that does to the fake of AWS what {@code bastion apply} does to AWS, and reports as it
 * does. A file named {@code ENVIRONMENT.MOMENT} holds a run at that moment or makes it fail.
 */
public final class SimulatedApplies implements AutoCloseable {
    private static final int PARALLEL = 40;
    private static final String LAUNCHER = """
            #!/bin/sh
            name=$(echo "$2" | sed 's|environments/\\(.*\\)/bastion|\\1|')
            file=$2/terragrunt.hcl
            commit=$(git log -1 --first-parent --format=%H -- "$file")
            request=$(git log -1 --first-parent --format='%(trailers:key=Bastion-Request-Id,valueonly)' -- "$file" | head -1)
            report() {
              for each in $(printf '%s\\n' "$commit" "$GITHUB_SHA" | sort -u); do
                [ -z "$GITHUB_TOKEN" ] || curl -sS -o /dev/null -H "Authorization: Bearer $GITHUB_TOKEN" \\
                  -H 'Content-Type: application/json' \\
                  -d "{\\"state\\":\\"$1\\",\\"context\\":\\"bastion/apply/$name\\",\\"description\\":\\"$2\\"}" \\
                  "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/statuses/$each"
              done
            }
            aws() { curl -sS -o /dev/null "$AWS_CONTROL/$1?$name&$request"; }
            hold() { while [ -e "$HOLDS/$name.$1" ]; do sleep 0.05; done; }
            report pending planning
            hold planning
            if [ -e "$HOLDS/$name.fails" ]; then report failure 'terraform apply: no such luck'; exit 1; fi
            if grep -q 'deploy_bastion *= 1' "$file"; then
              aws create
              hold applying
              aws boot
            elif [ ! -e "$HOLDS/$name.leaks" ]; then
              aws destroy
            fi
            report success done
            """;

    private final LedgerRemote remote;
    private final SmallAws aws;
    private final String ledger;
    private final Path holds;
    private final HttpServer control;
    private final Ci ci;

    public SimulatedApplies(ServiceWorld world) {
        this.remote = world.ledger();
        this.aws = world.aws();
        this.ledger = world.ledgerName();
        try {
            Path folder = Files.createTempDirectory("bastion-ci");
            this.holds = Files.createDirectory(folder.resolve("holds"));
            this.control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Path launcher = Files.writeString(folder.resolve("launcher"), LAUNCHER);
            Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
            this.ci = new Ci(
                    settings(world, folder, launcher), world.ledger().server().repository());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        control.createContext("/", this::act);
        control.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        control.start();
    }

    /** Begins to apply what is pushed. */
    public void start() {
        remote.server().onPush(ci::pushed);
    }

    private CiSettings settings(ServiceWorld world, Path folder, Path launcher) {
        return new CiSettings(
                "acme/infrastructure",
                world.ledger().server().repository().folder().toString(),
                List.of(launcher.toString()),
                folder.resolve("runs"),
                URI.create(world.ledger().server().base()),
                world.ledger().server().github().jobTokens(),
                Map.of(
                        "HOLDS",
                        holds.toString(),
                        "AWS_CONTROL",
                        "http://127.0.0.1:" + control.getAddress().getPort()),
                PARALLEL,
                ApplyScope.ENVIRONMENT);
    }

    private void act(HttpExchange exchange) throws IOException {
        try (exchange) {
            List<String> about =
                    Arrays.asList(exchange.getRequestURI().getQuery().split("&", -1));
            String environment = about.getFirst();
            switch (exchange.getRequestURI().getPath()) {
                case "/create" -> aws.put(bastion(environment, about.getLast(), "pending", false));
                case "/boot" -> aws.put(bastion(environment, about.getLast(), "running", false));
                default -> aws.remove(environment);
            }
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private SmallAws.Bastion bastion(String environment, String request, String state, boolean isOnline) {
        return new SmallAws.Bastion(
                "i-" + environment,
                state,
                isOnline,
                Map.of(
                        "ManagedBy",
                        "bastion",
                        "Environment",
                        environment,
                        "RequestId",
                        request,
                        "Ledger",
                        ledger,
                        "Database",
                        "db.internal:5432"),
                "");
    }

    /** Lets the agent of an environment's bastion come online. */
    public void online(String environment, String request) {
        aws.put(bastion(environment, request, "running", true));
    }

    public CiFaults faults() {
        return ci.faults();
    }

    /** Holds the environment's runs at a moment of the launcher, or makes them fail or leak. */
    public void mark(String environment, String moment) {
        try {
            Files.writeString(holds.resolve(environment + "." + moment), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void unmark(String environment, String moment) {
        try {
            Files.deleteIfExists(holds.resolve(environment + "." + moment));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The runs of an environment, newest first. */
    public List<CiRun> runs(String environment) {
        return ci.runs().stream()
                .filter(run -> run.title().equals("apply " + environment))
                .toList();
    }

    /** Starts the first run of an environment again. */
    public void startFirstAgain(String environment) {
        ci.startAgain(runs(environment).getLast().id());
    }

    /** Every run with its state and what it printed, for the message of a test that fails. */
    public String story(String environment) {
        return runs(environment).reversed().stream()
                .map(run -> run.state() + " " + run.detail() + " " + ci.output(run.id()))
                .collect(Collectors.joining("; "));
    }

    @Override
    public void close() {
        ci.close();
        control.stop(0);
    }
}
