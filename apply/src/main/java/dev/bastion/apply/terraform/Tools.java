package dev.bastion.apply.terraform;

import dev.bastion.apply.run.InvalidConfiguration;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The programs a run may need, and the environment they get.
 *
 * @param terraform Terraform, or OpenTofu where there is only that
 * @param mirror a directory that holds {@code registry.terraform.io}, from which providers are taken
 * @param environment what the programs see of the caller's environment
 */
public record Tools(
        Optional<Path> terraform, Optional<Path> terragrunt, Optional<Path> mirror, Map<String, String> environment) {
    public Tools {
        environment = Map.copyOf(environment);
    }

    /**
     * Looks for them on the {@code PATH}, then in {@code BASTION_TOOLS/bin}.
     *
     * @param caller the environment of this process
     */
    public static Tools find(Map<String, String> caller) {
        List<Path> places = places(caller);
        return new Tools(
                executable("terraform", places).or(() -> executable("tofu", places)),
                executable("terragrunt", places),
                Optional.ofNullable(caller.get("BASTION_PROVIDER_MIRROR"))
                        .filter(path -> !path.isBlank())
                        .map(Path::of),
                ChildEnvironment.of(caller));
    }

    public Path requireTerraform() {
        return terraform.orElseThrow(
                () -> new InvalidConfiguration("terraform is neither on the PATH nor in BASTION_TOOLS/bin. "
                        + "Install it: https://developer.hashicorp.com/terraform/install"));
    }

    private static List<Path> places(Map<String, String> caller) {
        String all = caller.getOrDefault("PATH", "") + File.pathSeparator + caller.getOrDefault("BASTION_TOOLS", "")
                + "/bin";
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(place -> new File(place).isAbsolute())
                .map(place -> new File(place).toPath())
                .toList();
    }

    private static Optional<Path> executable(String name, List<Path> places) {
        return places.stream()
                .map(place -> place.resolve(name))
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst();
    }
}
