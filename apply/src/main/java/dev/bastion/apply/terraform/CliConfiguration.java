package dev.bastion.apply.terraform;

import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.run.StepFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The source of Terraform's providers.
 *
 * @param environment the environment, with {@code TF_CLI_CONFIG_FILE} if needed
 * @param description the source, for people
 * @see <a href="https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation">CLI
 * configuration</a>
 */
public record CliConfiguration(Map<String, String> environment, String description) {
    private static final String NAME = "TF_CLI_CONFIG_FILE";
    private static final String REGISTRY = "registry.terraform.io";

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
        environment.put(NAME, write(mirror, directory.resolve("terraform.rc")).toString());
        return new CliConfiguration(environment, "providers from the mirror " + mirror);
    }

    private static Path write(Path mirror, Path file) {
        String providers =
                providers(mirror).stream().map(CliConfiguration::quoted).collect(Collectors.joining(", "));
        String text = """
                provider_installation {
                  filesystem_mirror {
                    path    = %s
                    include = [%s]
                  }
                  direct {
                    exclude = [%s]
                  }
                }
                """.formatted(quoted(mirror.toString()), providers, providers);
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new StepFailed("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** The mirror's providers, like {@code registry.terraform.io/hashicorp/aws}; others come from their registry. */
    private static List<String> providers(Path mirror) {
        try (Stream<Path> found = Files.find(mirror.resolve(REGISTRY), 2, (path, _) -> Files.isDirectory(path))) {
            List<String> providers = found.map(mirror::relativize)
                    .filter(path -> path.getNameCount() == 3)
                    .map(path -> path.toString().replace('\\', '/'))
                    .sorted()
                    .toList();
            if (providers.isEmpty()) {
                throw new InvalidConfiguration("the provider mirror " + mirror + " has no provider");
            }
            return providers;
        } catch (IOException e) {
            throw new InvalidConfiguration(
                    "the provider mirror " + mirror + " cannot be read; it must have the directory " + REGISTRY, e);
        }
    }

    private static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("${", "$${")
                        .replace("%{", "%%{") + "\"";
    }
}
