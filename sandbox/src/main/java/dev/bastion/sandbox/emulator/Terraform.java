package dev.bastion.sandbox.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Terraform executable with the sandbox's configuration: providers come from a mirror if there is one, else from the
 * registry through a cache that all runs of CI share.
 *
 * @param executable found on the PATH
 * @param environment what its process finds set, the CLI configuration and the cache among it
 */
public record Terraform(String executable, Map<String, String> environment) {
    public Terraform {
        environment = Map.copyOf(environment);
    }

    /**
     * Writes the CLI configuration into {@code folder}.
     *
     * @param mirror a directory that holds {@code registry.terraform.io}
     */
    public static Terraform configured(Path folder, Optional<Path> mirror, Map<String, String> aws) {
        try {
            Path cache = Files.createDirectories(folder.resolve("plugin-cache"));
            Path file = Files.writeString(folder.resolve("terraform.rc"), configuration(mirror));
            Map<String, String> environment = new LinkedHashMap<>(aws);
            environment.put("TF_CLI_CONFIG_FILE", file.toString());
            environment.put("TF_IN_AUTOMATION", "1");
            environment.put("CHECKPOINT_DISABLE", "1");
            environment.put("GOGC", "400"); // as bastion apply does
            if (mirror.isEmpty()) {
                environment.put("TF_PLUGIN_CACHE_DIR", cache.toString());
                environment.put("TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE", "1");
            }
            return new Terraform("terraform", environment);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write Terraform's configuration into " + folder, failure);
        }
    }

    private static String configuration(Optional<Path> mirror) {
        return mirror.map(path -> """
            provider_installation {
              filesystem_mirror {
                path    = "%s"
                include = ["registry.terraform.io/hashicorp/*"]
              }
              direct {
                exclude = ["registry.terraform.io/hashicorp/*"]
              }
            }
            """.formatted(path)).orElse("# providers come from the registry\n");
    }

    /** Runs it in a directory, its output added to a log; answers whether it succeeded. */
    boolean run(Path directory, Path log, List<String> arguments) throws IOException, InterruptedException {
        Process process = start(directory, arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process.getOutputStream().close();
        return process.waitFor() == 0;
    }

    /** Runs it in a directory and reads what it prints. */
    String read(Path directory, Path log, List<String> arguments) throws IOException, InterruptedException {
        Process process = start(directory, arguments)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private ProcessBuilder start(Path directory, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(executable));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        return builder;
    }
}
