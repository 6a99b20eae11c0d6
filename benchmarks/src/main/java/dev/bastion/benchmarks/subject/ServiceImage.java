package dev.bastion.benchmarks.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The shipped service, linked as in the Dockerfile: a small Java runtime, the jars, and the cache of loaded classes.
 */
public record ServiceImage(Path directory) {
    public static ServiceImage link(Path directory) throws IOException, InterruptedException {
        Path home = ServiceWorld.home();
        Path log = directory.resolveSibling("link.log");
        Process process = new ProcessBuilder(home.resolve("docker/link.sh").toString(), directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("docker/link.sh failed: " + Files.readString(log));
        }
        return new ServiceImage(directory);
    }

    public String command() {
        return directory.resolve("bin/bastion").toString();
    }

    public void dropCache() throws IOException {
        Files.delete(directory.resolve("app.aot"));
    }
}
