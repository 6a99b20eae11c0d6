package dev.bastion.app.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service as a process of its own that a test can kill. */
public final class ServiceProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final int port;

    ServiceProcess(Path folder, String name, Map<String, String> settings) {
        try {
            this.port = freePort();
            this.log = folder.resolve(name + ".log");
            Map<String, String> environment = new HashMap<>(settings);
            environment.put("BASTION_HTTP_PORT", Integer.toString(port));
            environment.put(
                    "BASTION_LEDGER_DIRECTORY", folder.resolve(name + ".git").toString());
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dlogback.configurationFile=logback.xml",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.bastion.app.Main",
                    "serve");
            builder.environment().keySet().removeIf(key -> key.startsWith("BASTION_"));
            builder.environment().putAll(environment);
            this.process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public boolean isReady() {
        return ask("/readyz").startsWith("200 ");
    }

    /** Status and body; empty while nothing listens. */
    public String ask(String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException _) {
            return "";
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    public List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int exitCode() {
        return process.exitValue();
    }

    /** Kills the process with SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** Stops the process with SIGTERM and waits. */
    @Override
    public void close() {
        process.destroy();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the service did not stop; see " + log);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
