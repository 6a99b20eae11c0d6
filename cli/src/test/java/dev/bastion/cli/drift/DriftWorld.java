package dev.bastion.cli.drift;

import dev.bastion.sandbox.emulator.AwsEmulator;
import dev.bastion.sandbox.emulator.AwsEmulatorSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A ledger with one root module, its origin, an AWS emulator, and the programs that {@code bastion drift} starts: Terraform or
 * OpenTofu, an {@code aws} that asks the emulator, and a {@code gh} that notes the issues.
 */
final class DriftWorld implements AutoCloseable {
    private static final String LEDGER = """
        environments:
          - path: roots/{name}/bastion.auto.tfvars
        modules: ["${get_repo_root()}/module"]
        owners: [group:platform]
        """;

    private static final String MODULE = """
        variable "deploy_bastion" { type = number }
        variable "requested_by_user_id" { type = string }
        variable "requested_by_username" { type = string }
        variable "created_at" { type = string }
        variable "expires_at" { type = string }

        resource "aws_cloudwatch_log_group" "sessions" {
          name = "/bastion/dev"
        }

        resource "aws_security_group" "bastion" {
          count = var.deploy_bastion
          name  = "bastion-dev"
        }
        """;

    private static final String ROOT = """
        terraform {
          required_providers {
            aws = { source = "hashicorp/aws" }
          }
          backend "s3" {
            bucket                      = "states"
            key                         = "dev/terraform.tfstate"
            region                      = "eu-west-1"
            use_lockfile                = true
            use_path_style              = true
            skip_credentials_validation = true
            skip_metadata_api_check     = true
            skip_requesting_account_id  = true
          }
        }

        provider "aws" {
          region                      = "eu-west-1"
          skip_credentials_validation = true
          skip_metadata_api_check     = true
          max_retries                 = 2
        }

        variable "deploy_bastion" { type = number }
        variable "requested_by_user_id" { type = string }
        variable "requested_by_username" { type = string }
        variable "created_at" { type = string }
        variable "expires_at" { type = string }

        module "bastion" {
          source                = "../../module"
          deploy_bastion        = var.deploy_bastion
          requested_by_user_id  = var.requested_by_user_id
          requested_by_username = var.requested_by_username
          created_at            = var.created_at
          expires_at            = var.expires_at
        }
        """;

    private static final String INSTANCES = """
        import boto3, json, sys
        at = sys.argv.index("--filters") + 1
        pairs = [argument.split(",", 1) for argument in sys.argv[at:]]
        filters = [{"Name": name[5:], "Values": values[7:].split(",")} for name, values in pairs]
        print(json.dumps(boto3.client("ec2").describe_instances(Filters=filters), default=str))
        """;

    private final Path folder;
    private final Path ledger;
    private final Path programs;
    private final AwsEmulator emulator;
    private final String python;
    private final String mirror;

    /** @param tool the program's name: {@code terraform} or {@code tofu} */
    DriftWorld(Path folder, String tool) throws IOException {
        this.folder = folder;
        this.ledger = Files.createDirectories(folder.resolve("ledger"));
        this.programs = Files.createDirectories(folder.resolve("programs"));
        this.python = Objects.requireNonNull(System.getenv("BASTION_MOTO"), "BASTION_MOTO; ./bastion verify sets it");
        this.mirror = Objects.requireNonNull(
                System.getenv("BASTION_PROVIDER_MIRROR"), "BASTION_PROVIDER_MIRROR; ./bastion verify sets it");
        this.emulator = AwsEmulator.start(new AwsEmulatorSettings(
                python,
                Files.createDirectories(folder.resolve("aws")),
                "eu-west-1",
                Duration.ofSeconds(1),
                false,
                false));
        emulator.home().createBucket("states");
        for (String name : List.of(tool, "git", "bash")) {
            Files.createSymbolicLink(programs.resolve(name), onThePath(name));
        }
        write(folder.resolve("instances.py"), INSTANCES);
        script("aws", "exec '" + python + "' '" + folder.resolve("instances.py") + "' \"$@\"");
        script("gh", "printf '%s\\n' \"$@\" >>'" + folder.resolve("issues") + "'");
        write(ledger.resolve("ledger.yaml"), LEDGER);
        write(ledger.resolve("module/main.tf"), MODULE);
        write(ledger.resolve("roots/dev/main.tf"), ROOT);
        git("init", "-q", "--bare", "-b", "main", folder.resolve("origin.git").toString());
        git("init", "-q", "-b", "main", ".");
        git("remote", "add", "origin", folder.resolve("origin.git").toString());
    }

    private static Stream<Path> searchPath() {
        String tools = System.getenv().getOrDefault("BASTION_TOOLS", "");
        return Stream.of((System.getenv("PATH") + File.pathSeparator + tools + "/bin").split(File.pathSeparator))
                .map(Path::of);
    }

    private static Path onThePath(String program) {
        return searchPath()
                .map(directory -> directory.resolve(program).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(program + " is missing; ./bastion tools installs it"));
    }

    private void script(String name, String line) throws IOException {
        Path script = programs.resolve(name);
        write(script, "#!" + onThePath("bash") + "\n" + line + "\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
    }

    /** Commits the environment's values, and pushes them. */
    DriftWorld commit(boolean isOpen) {
        write(ledger.resolve("roots/dev/bastion.auto.tfvars"), """
            deploy_bastion        = %d
            requested_by_user_id  = ""
            requested_by_username = ""
            created_at            = ""
            expires_at            = "%s"
            """.formatted(
                        isOpen ? 1 : 0, isOpen ? "2126-01-15T10:30:00Z" : ""));
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", isOpen ? "Open" : "Close");
        git("push", "-q", "origin", "main");
        return this;
    }

    /** Runs {@code bastion} in the ledger, and returns its exit code; what it says is {@link #output}. */
    int bastion(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.bastion.cli.Main"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Runs a line of Python, which has the emulator's {@code ec2}. */
    void aws(String line) {
        if (run(List.of(python, "-c", "import boto3; ec2 = boto3.client('ec2'); " + line)) != 0) {
            throw new AssertionError(output());
        }
    }

    String output() {
        return read(folder.resolve("output"));
    }

    /** What {@code gh} was asked for. */
    String issues() {
        return Files.exists(folder.resolve("issues")) ? read(folder.resolve("issues")) : "";
    }

    private void git(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        if (run(command) != 0) {
            throw new AssertionError(command + ": " + output());
        }
    }

    private int run(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(ledger.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("AWS_") || name.startsWith("GITHUB_") || name.startsWith("BASTION_"));
        builder.environment().putAll(variables());
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Without another Terraform on the path, which would be taken before OpenTofu. */
    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(emulator.environment());
        variables.put(
                "PATH",
                Stream.concat(
                                Stream.of(programs),
                                searchPath().filter(directory -> !Files.exists(directory.resolve("terraform"))))
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
        variables.put("BASTION_PROVIDER_MIRROR", mirror);
        variables.put("AWS_DEFAULT_REGION", "eu-west-1");
        variables.put("GIT_CONFIG_GLOBAL", "/dev/null");
        return variables;
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        emulator.close();
    }
}
