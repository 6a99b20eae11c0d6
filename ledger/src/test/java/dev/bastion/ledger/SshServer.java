package dev.bastion.ledger;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** OpenSSH's server on a local port, which accepts one key. */
final class SshServer implements AutoCloseable {
    private final Path directory;
    private final int port;
    private Process process;

    /** @param directory the directory of its keys and settings */
    SshServer(Path directory) {
        this.directory = directory;
        this.port = freePort();
        try {
            Files.createDirectories(directory);
            generate("host_key");
            generate("key");
            Files.copy(directory.resolve("key.pub"), directory.resolve("authorized_keys"));
            Files.writeString(directory.resolve("sshd_config"), settings());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = start();
        trustHost(directory.resolve("known_hosts"));
    }

    /** The accepted private key. */
    Path key() {
        return directory.resolve("key");
    }

    /** A private key that the server does not know. */
    Path unknownKey() {
        generate("stranger");
        return directory.resolve("stranger");
    }

    /** Copies the accepted key to a directory without known hosts. */
    Path copyKeyTo(Path other) {
        try {
            Files.createDirectories(other);
            return Files.copy(key(), other.resolve("key"), StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the server's host key to the file, as {@code ssh-keyscan} prints it. */
    void trustHost(Path knownHosts) {
        write(knownHosts, run("ssh-keyscan", "-p", String.valueOf(port), "127.0.0.1"));
    }

    String url(Path repository) {
        return "ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + port + repository.toAbsolutePath();
    }

    /** Stops the server and starts another with a new host key. */
    void replaceWithAnotherHostKey() {
        close();
        generate("host_key");
        process = start();
    }

    void restart() {
        process = start();
    }

    private Process start() {
        Process started = launch(List.of(
                executable(),
                "-D",
                "-f",
                directory.resolve("sshd_config").toString(),
                "-E",
                directory.resolve("log").toString()));
        await().until(() -> !started.isAlive() || isListening());
        if (!started.isAlive()) {
            throw new IllegalStateException("sshd did not start: " + read(directory.resolve("log")));
        }
        return started;
    }

    private static String executable() {
        return List.of("/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd").stream()
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("sshd is missing; run ./bastion tools"));
    }

    private String settings() {
        return """
            ListenAddress 127.0.0.1:%d
            HostKey %2$s/host_key
            AuthorizedKeysFile %2$s/authorized_keys
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            """.formatted(port, directory.toAbsolutePath());
    }

    private void generate(String name) {
        try {
            Files.deleteIfExists(directory.resolve(name));
            Files.deleteIfExists(directory.resolve(name + ".pub"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                directory.resolve(name).toString());
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process launch(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(String... command) {
        Process process = launch(List.of(command));
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(List.of(command) + " failed");
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
