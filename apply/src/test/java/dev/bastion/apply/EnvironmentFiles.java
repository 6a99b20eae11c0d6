package dev.bastion.apply;

import dev.bastion.apply.stack.EnvironmentConfiguration;
import dev.bastion.apply.stack.EnvironmentDirectory;
import dev.bastion.layout.file.AuditPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A test repository with one environment. */
public record EnvironmentFiles(Path top, String environment) {
    private static final String ROOT = """
        locals {
          region       = "eu-west-1"
          state_bucket = "example-state"
          emulator     = get_env("AWS_ENDPOINT_URL", "") != ""
        }

        remote_state {
          backend = "s3"
          generate = { path = "backend.tf", if_exists = "overwrite_terragrunt" }
          config = {
            bucket       = local.state_bucket
            key          = "${path_relative_to_include()}/terraform.tfstate"
            region       = local.region
            use_lockfile = true

            use_path_style              = local.emulator
            skip_credentials_validation = local.emulator
            skip_metadata_api_check     = local.emulator
            skip_requesting_account_id  = local.emulator
          }
        }

        generate "provider" {
          path      = "provider.tf"
          if_exists = "overwrite_terragrunt"
          contents  = <<-EOF
            provider "aws" {
              region = "${local.region}"

              s3_use_path_style           = ${local.emulator}
              skip_credentials_validation = ${local.emulator}
              skip_metadata_api_check     = ${local.emulator}
              max_retries                 = ${local.emulator ? 2 : 25}
            }
          EOF
        }
        """;

    private static final String FILE = """
        include "root" {
          path = find_in_parent_folders("root.hcl")
        }

        terraform {
          source = "${get_repo_root()}/terraform-modules//bastion"
        }

        inputs = {
        INPUTS}
        """;

    /** Creates a repository with this module and the environment closed. */
    public static EnvironmentFiles in(Path top, String environment, String module) {
        EnvironmentFiles files = new EnvironmentFiles(top, environment);
        files.write(".git/HEAD", "ref: refs/heads/main\n");
        files.write("environments/root.hcl", ROOT);
        files.write("terraform-modules/bastion/main.tf", module);
        return files.closed();
    }

    public EnvironmentFiles closed() {
        return inputs("  deploy_bastion = 0\n  expires_at = \"\"\n");
    }

    public EnvironmentFiles openUntil(String end) {
        return inputs("  deploy_bastion = 1\n  expires_at = \"" + end + "\"\n");
    }

    public EnvironmentFiles inputs(String lines) {
        return file(FILE.replace("INPUTS", lines));
    }

    public EnvironmentFiles file(String text) {
        return write("environments/" + environment + "/bastion/terragrunt.hcl", text);
    }

    public EnvironmentFiles root(String text) {
        return write("environments/root.hcl", text);
    }

    public static String defaultRoot() {
        return ROOT;
    }

    public Path directory() {
        return top.resolve("environments").resolve(environment).resolve("bastion");
    }

    public EnvironmentConfiguration read() {
        return EnvironmentConfiguration.read(
                EnvironmentDirectory.locate(directory(), "terragrunt.hcl"), AuditPaths.OF_A_UNIT);
    }

    /** Commits everything, with this message, and returns the head. */
    public String commit(String message) {
        git("init", "-q", "-b", "main", ".");
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", message);
        return head();
    }

    /** Commits what was written since the last commit. */
    public EnvironmentFiles committed() {
        if (Files.notExists(top.resolve(".git/refs/heads/main"))
                || !git("status", "--porcelain").isEmpty()) {
            commit("change");
        }
        return this;
    }

    public String head() {
        return git("rev-parse", "HEAD").strip();
    }

    /** Runs git in the repository and returns its output. */
    public String git(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(top.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        try {
            Process git = builder.start();
            String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (git.waitFor() != 0) {
                throw new AssertionError(command + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public EnvironmentFiles remove(String name) {
        try {
            Files.delete(top.resolve(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public EnvironmentFiles write(String name, String text) {
        try {
            Path file = top.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
