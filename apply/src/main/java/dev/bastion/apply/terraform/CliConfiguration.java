package dev.bastion.apply.terraform;

import dev.bastion.apply.run.StepFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The source of the providers of Terraform and OpenTofu.
 *
 * @param environment the environment, with {@code TF_CLI_CONFIG_FILE} if needed
 * @param description the source, for people
 * @see <a href="https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation">CLI
 * configuration</a>
 */
public record CliConfiguration(Map<String, String> environment, String description) {
    private static final String NAME = "TF_CLI_CONFIG_FILE";

    public CliConfiguration {
        environment = Map.copyOf(environment);
    }

    /** Chooses the caller's configuration file, else a new file for the mirror, else the registry. */
    public static CliConfiguration choose(Tools tools, Path directory) {
        Map<String, String> environment = new LinkedHashMap<>(tools.environment());
        String given = environment.remove(NAME);
        if (given != null && Files.isRegularFile(Path.of(given))) {
            environment.put(NAME, given);
            return new CliConfiguration(environment, "providers as configured in " + given);
        }
        if (tools.mirror().isEmpty()) {
            return new CliConfiguration(environment, "providers from the registry");
        }
        Path mirror = tools.mirror().get().toAbsolutePath();
        ProviderMirror providers = ProviderMirror.of(mirror, directory.resolve("providers"));
        environment.put(
                NAME, write(providers, directory.resolve("terraform.rc")).toString());
        return new CliConfiguration(environment, "providers from the mirror " + mirror);
    }

    private static Path write(ProviderMirror mirror, Path file) {
        String text = "provider_installation {\n"
                + mirror.directories().stream()
                        .map(each -> block("filesystem_mirror", Optional.of(each.path()), "include", each.providers()))
                        .collect(Collectors.joining())
                + block("direct", Optional.empty(), "exclude", mirror.providers())
                + "}\n";
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new StepFailed("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static String block(String type, Optional<Path> path, String which, List<String> providers) {
        return "  " + type + " {\n"
                + path.map(directory -> "    path = " + quoted(directory.toString()) + "\n")
                        .orElse("")
                + "    " + which + " = "
                + providers.stream().map(CliConfiguration::quoted).collect(Collectors.joining(", ", "[", "]"))
                + "\n  }\n";
    }

    private static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("${", "$${")
                        .replace("%{", "%%{") + "\"";
    }
}
