package dev.bastion.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command line as the launcher prepares and runs it: its jars without signatures, and a cache of its classes.
 *
 * @param directory what {@code tools/cli-cache.sh} made
 */
public record PreparedCommandLine(Path directory) {
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-Dfile.encoding=UTF-8",
            "-XX:TieredStopAtLevel=1");

    /**
     * Prepares it, which takes some seconds.
     *
     * @param environment of the process, in which the launcher names itself
     * @throws IOException with the script's output, when it fails
     */
    public static PreparedCommandLine in(Path directory, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path home = Path.of(Optional.ofNullable(environment.get("BASTION_LAUNCHER"))
                        .orElseThrow(() ->
                                new IOException("BASTION_LAUNCHER is not set: run the benchmark with ./bastion bench")))
                .toAbsolutePath()
                .resolveSibling(".")
                .normalize();
        Path log = directory.resolveSibling(directory.getFileName() + ".log");
        ProcessBuilder script = new ProcessBuilder(Stream.concat(
                        Stream.of(
                                home.resolve("tools/cli-cache.sh").toString(),
                                home.resolve("cli/target/bastion-cli.jar").toString(),
                                home.resolve("cli/target/lib").toString(),
                                directory.toString()),
                        OPTIONS.stream())
                .toList());
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        if (script.redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start()
                        .waitFor()
                != 0) {
            throw new IOException("the command line could not be prepared: " + Files.readString(log));
        }
        return new PreparedCommandLine(directory);
    }

    /** The command that runs it with arguments. */
    public List<String> command(List<String> javaOptions, List<String> arguments) {
        return Stream.of(
                        List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        OPTIONS,
                        List.of("-XX:AOTCache=" + directory.resolve("app.aot")),
                        javaOptions,
                        List.of(
                                "-cp",
                                directory.resolve("bastion-cli.jar") + ":" + directory.resolve("lib") + "/*",
                                "dev.bastion.cli.Main"),
                        arguments)
                .flatMap(List::stream)
                .toList();
    }
}
