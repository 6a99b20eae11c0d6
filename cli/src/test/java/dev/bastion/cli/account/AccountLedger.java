package dev.bastion.cli.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A repository with two accounts in two regions, and a small module whose one resource ends with the grant. */
final class AccountLedger {
    static final String TEST = "111111111111";
    static final String LIVE = "222222222222";

    private static final String LAYOUT = """
        environments:
          - path: live/{account}/{region}/{name}/bastion/terragrunt.hcl
            name: "{account}/{name}"
        accounts:
          test: {id: "111111111111", regions: [eu-west-1], ROLESOF_TEST}
          live: {id: "222222222222", regions: [us-east-1], ROLESOF_LIVE}
        modules: ["${get_repo_root()}/module"]
        owners: [group:platform]
        """;

    private static final String ROOT = """
        remote_state {
          backend = "s3"
          config = {
            bucket                      = "state-REGION"
            key                         = "${path_relative_to_include()}/terraform.tfstate"
            region                      = "REGION"
            use_path_style              = true
            skip_credentials_validation = true
            skip_metadata_api_check     = true
            skip_requesting_account_id  = true
          }
        }

        generate "provider" {
          path      = "provider.tf"
          if_exists = "overwrite_terragrunt"
          contents  = <<-EOF
            provider "aws" {
              skip_credentials_validation = true
              skip_metadata_api_check     = true
              max_retries                 = 1
            }
          EOF
        }
        """;

    /** The name of the group is that of the environment; the account and region are those of the keys and variables. */
    private static final String MODULE = """
        variable "deploy_bastion" { type = number }
        variable "expires_at" { type = string }
        variable "environment" { type = string }

        locals {
          is_open = var.deploy_bastion == 1 && timecmp(coalesce(var.expires_at, "1970-01-01T00:00:00Z"), plantimestamp()) > 0
        }

        resource "aws_cloudwatch_log_group" "sessions" {
          name = "/bastion/${var.environment}"
        }

        resource "aws_security_group" "bastion" {
          count = local.is_open ? 1 : 0
          name  = "bastion-${var.environment}"

          lifecycle {
            precondition {
              condition     = !endswith(var.environment, "-broken")
              error_message = "this environment cannot be opened"
            }
          }
        }
        """;

    private static final String UNIT = """
        include "root" {
          path = find_in_parent_folders("root.hcl")
        }

        terraform {
          source = "${get_repo_root()}/module"
        }

        inputs = {
          environment           = "NAME"
          deploy_bastion        = OPEN
          requested_by_user_id  = ""
          requested_by_username = ""
          created_at            = ""
          expires_at            = "END"
        }
        """;

    private final Path top;

    AccountLedger(Path top) {
        this.top = top;
        layout(
                "apply_role: arn:aws:iam::111111111111:role/bastion-apply, plan_role:"
                        + " arn:aws:iam::111111111111:role/bastion-plan",
                "apply_role: arn:aws:iam::222222222222:role/bastion-apply");
        write("module/main.tf", MODULE);
        root("test", "eu-west-1");
        root("live", "us-east-1");
    }

    /** Replaces the roles of both accounts. */
    AccountLedger layout(String ofTest, String ofLive) {
        return write("ledger.yaml", LAYOUT.replace("ROLESOF_TEST", ofTest).replace("ROLESOF_LIVE", ofLive));
    }

    private void root(String account, String region) {
        write("live/" + account + "/" + region + "/root.hcl", ROOT.replace("REGION", region));
    }

    /** Opens an environment until a time, or closes it with an empty text. */
    AccountLedger unit(String account, String region, String end) {
        return unit(account, region, "orders", end);
    }

    /** The same of another environment; one of the name {@code broken} cannot be opened. */
    AccountLedger unit(String account, String region, String name, String end) {
        return write(
                "live/" + account + "/" + region + "/" + name + "/bastion/terragrunt.hcl",
                UNIT.replace("NAME", account + "-" + name)
                        .replace("OPEN", end.isEmpty() ? "0" : "1")
                        .replace("END", end));
    }

    Path top() {
        return top;
    }

    /** Commits everything, and returns the head. */
    String commit(String message) {
        git("init", "-q", "-b", "main", ".");
        git("add", "-A");
        git("commit", "-q", "-m", message);
        return git("rev-parse", "HEAD").strip();
    }

    private AccountLedger write(String name, String text) {
        try {
            Path file = top.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String git(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(top.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
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
}
