package dev.bastion.benchmarks.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The shipped service, linked as in the Dockerfile: a small Java runtime, the jars, and the cache of loaded classes.
 */
public record ServiceImage(Path directory) {
    /**
     * The image in a directory; it is linked when it is not there, which takes about half a minute.
     *
     * @throws IOException with the output of {@code docker/link.sh}, when it fails
     */
    public static ServiceImage linkedIn(Path directory) throws IOException, InterruptedException {
        if (!Files.exists(directory.resolve("app.aot"))) {
            link(directory);
        }
        return new ServiceImage(directory);
    }

    private static void link(Path directory) throws IOException, InterruptedException {
        Path home = ServiceWorld.home();
        Path log = directory.resolveSibling("link.log");
        Process process = new ProcessBuilder(
                        home.resolve("docker/link.sh").toString(), directory.toString(), "--without-sbom")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("docker/link.sh failed: " + Files.readString(log));
        }
    }

    public List<String> command() {
        return List.of(directory.resolve("bin/bastion").toString());
    }

    /**
     * The same without its cache.
     *
     * @param bare the directory for it, which is not there
     */
    public List<String> commandWithoutCache(Path bare) throws IOException {
        Files.createDirectories(bare.resolve("bin"));
        Files.copy(directory.resolve("bin/bastion"), bare.resolve("bin/bastion"));
        Files.createSymbolicLink(bare.resolve("java"), directory.resolve("java"));
        Files.createSymbolicLink(bare.resolve("app"), directory.resolve("app"));
        return List.of(bare.resolve("bin/bastion").toString());
    }
}
