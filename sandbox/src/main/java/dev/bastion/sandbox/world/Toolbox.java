package dev.bastion.sandbox.world;

import dev.bastion.sandbox.machine.MissingToolsException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The tools that the sandbox runs, as found on the machine.
 *
 * @param launcher the project's launcher, {@code bastion} in the checkout
 * @param python can import moto
 * @param mirror holds {@code registry.terraform.io}; empty where providers come from the registry
 */
public record Toolbox(Path launcher, String python, Optional<Path> mirror) {
    /** Looks up all tools; the exception lists every missing one. */
    public static Toolbox find(Map<String, String> environment) {
        List<String> missing = new ArrayList<>();
        Path launcher = Path.of(environment.getOrDefault("BASTION_LAUNCHER", "bastion"))
                .toAbsolutePath()
                .normalize();
        if (!Files.isExecutable(launcher)) {
            missing.add("the launcher: run ./bastion in the checkout, or set BASTION_LAUNCHER to it");
        }
        need(environment, "git", "apt-get install git", missing);
        need(environment, "terraform", "https://developer.hashicorp.com/terraform/install", missing);
        String python = environment.getOrDefault("BASTION_MOTO", "python3");
        if (!canImportMoto(python)) {
            missing.add("moto, the AWS emulator: python3 -m pip install 'moto[server]==5.2.1', and set BASTION_MOTO to"
                    + " that python");
        }
        if (!missing.isEmpty()) {
            throw new MissingToolsException(missing);
        }
        return new Toolbox(
                launcher,
                python,
                Optional.ofNullable(environment.get("BASTION_PROVIDER_MIRROR")).map(Path::of));
    }

    /** The checkout the launcher stands in. */
    Path checkout() {
        Path parent = launcher.getParent();
        return parent == null ? Path.of(".") : parent;
    }

    /** The manifest of the Slack app that people install. */
    Path slackManifest() {
        return checkout().resolve("app").resolve("slack-manifest.yaml");
    }

    /** Whether runs find Terragrunt, which environments with a module of another repository need. */
    public static boolean hasTerragrunt(Map<String, String> environment) {
        return isOnThePath(environment, "terragrunt")
                || Files.isExecutable(Path.of(environment.getOrDefault("BASTION_TOOLS", ""), "bin", "terragrunt"));
    }

    private static void need(Map<String, String> environment, String name, String how, List<String> missing) {
        if (!isOnThePath(environment, name)) {
            missing.add(name + ": " + how);
        }
    }

    private static boolean isOnThePath(Map<String, String> environment, String name) {
        return List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    private static boolean canImportMoto(String python) {
        try {
            Process process = new ProcessBuilder(python, "-c", "import moto.server")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
