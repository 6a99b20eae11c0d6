package dev.bastion.apply.terraform;

import dev.bastion.apply.run.InvalidConfiguration;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The programs of a run, and their environment.
 *
 * @param terraform Terraform, or else OpenTofu
 * @param mirror a directory that has {@code registry.terraform.io} or {@code registry.opentofu.org}; the provider mirror of both programs
 * @param environment the programs' environment variables
 * @param gitCredentials the variables that git gets besides
 */
public record Tools(
        Optional<Path> terraform,
        Optional<Path> terragrunt,
        Optional<Path> mirror,
        Map<String, String> environment,
        Map<String, String> gitCredentials) {
    public Tools {
        environment = Map.copyOf(environment);
        gitCredentials = Map.copyOf(gitCredentials);
    }

    /** The same programs with these variables. */
    public Tools with(Map<String, String> variables) {
        return new Tools(terraform, terragrunt, mirror, variables, gitCredentials);
    }

    /** The variables of git: those of the other programs, and its credentials. */
    public Map<String, String> forGit(Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>(others);
        all.putAll(gitCredentials);
        return all;
    }

    /**
     * Finds the programs on the {@code PATH}, then in {@code BASTION_TOOLS/bin}.
     *
     * @param caller the environment of this process
     */
    public static Tools find(Map<String, String> caller) {
        List<Path> searchPath = searchPath(caller);
        return new Tools(
                executable("terraform", searchPath).or(() -> executable("tofu", searchPath)),
                executable("terragrunt", searchPath),
                Optional.ofNullable(caller.get("BASTION_PROVIDER_MIRROR"))
                        .filter(path -> !path.isBlank())
                        .map(Path::of),
                ChildEnvironment.of(caller),
                GitCredentials.of(caller));
    }

    public Path requireTerraform() {
        return terraform.orElseThrow(
                () -> new InvalidConfiguration("terraform is neither on the PATH nor in BASTION_TOOLS/bin. "
                        + "Install it: https://developer.hashicorp.com/terraform/install"));
    }

    private static List<Path> searchPath(Map<String, String> caller) {
        String all = caller.getOrDefault("PATH", "") + File.pathSeparator + caller.getOrDefault("BASTION_TOOLS", "")
                + "/bin";
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(location -> new File(location).isAbsolute())
                .map(location -> new File(location).toPath())
                .toList();
    }

    private static Optional<Path> executable(String name, List<Path> searchPath) {
        return searchPath.stream()
                .map(location -> location.resolve(name))
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst();
    }
}
