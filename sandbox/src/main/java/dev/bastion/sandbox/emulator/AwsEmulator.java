package dev.bastion.sandbox.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The process of the AWS emulator. */
public final class AwsEmulator implements AutoCloseable {
    private static final String READY = "ready ";

    private final Process process;
    private final URI address;
    private final AwsClient aws;
    private final AwsFaults faults;
    private final SessionManager sessions;
    private final AwsPlace home;

    private AwsEmulator(AwsEmulatorSettings settings, Process process, URI address) {
        this.process = process;
        this.address = address;
        this.aws = new AwsClient(address, settings.region());
        this.faults = new AwsFaults(aws);
        this.sessions = new SessionManager(aws);
        this.home = new AwsPlace(aws, address, "test", settings.region());
    }

    /**
     * Starts it on a free port and waits until it listens.
     *
     * @throws StartupException when it ends before that, saying where its log is
     */
    public static AwsEmulator start(AwsEmulatorSettings settings) {
        try {
            Files.createDirectories(settings.folder());
            Process process = new ProcessBuilder(command(settings))
                    .redirectError(log(settings).toFile())
                    .start();
            return new AwsEmulator(settings, process, address(process, settings));
        } catch (IOException failure) {
            throw new StartupException("the AWS emulator did not start: " + failure.getMessage(), log(settings));
        }
    }

    public URI address() {
        return address;
    }

    /** What a client's process needs to find it instead of AWS. */
    public Map<String, String> environment() {
        return home.environment();
    }

    /** Another account or region. */
    public AwsPlace place(String account, String region) {
        return new AwsPlace(aws, address, sessions.accessKey("sandbox", account), region);
    }

    public AwsFaults faults() {
        return faults;
    }

    public SessionManager sessions() {
        return sessions;
    }

    /** The region and account of clients that have no other keys. */
    public AwsPlace home() {
        return home;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopping) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(AwsEmulatorSettings settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                settings.python(),
                program(settings.folder()).toString(),
                "--with-parent",
                "--port",
                "0",
                "--agent-delay-seconds",
                String.valueOf(settings.agentDelay().toMillis() / 1000.0)));
        if (settings.guestTimer()) {
            command.add("--guest-timer");
        }
        if (settings.schedules()) {
            command.add("--schedules");
        }
        return command;
    }

    private static Path program(Path folder) throws IOException {
        Path program = folder.resolve("moto_shim.py");
        try (InputStream source = AwsEmulator.class.getResourceAsStream("/emulator/moto_shim.py")) {
            if (source == null) {
                throw new IOException("emulator/moto_shim.py is not on the class path");
            }
            Files.write(program, source.readAllBytes());
        }
        return program;
    }

    private static URI address(Process process, AwsEmulatorSettings settings) throws IOException {
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                drain(output);
                return URI.create(line.substring(READY.length()).strip());
            }
        }
        throw new StartupException("the AWS emulator exited before it was ready", log(settings));
    }

    private static void drain(BufferedReader output) {
        Thread.ofVirtual().start(() -> {
            try {
                output.transferTo(Writer.nullWriter());
            } catch (IOException ended) {
                throw new UncheckedIOException(ended);
            }
        });
    }

    private static Path log(AwsEmulatorSettings settings) {
        return settings.folder().resolve("emulator.log");
    }
}
