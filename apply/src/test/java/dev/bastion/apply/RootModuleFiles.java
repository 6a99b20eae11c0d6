package dev.bastion.apply;

import dev.bastion.apply.source.LayoutSource;
import dev.bastion.layout.Layout;
import dev.bastion.layout.NameTemplate;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.AuditVariable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A test repository whose environments are root modules of plain Terraform, with another name for one of the five variables. */
public record RootModuleFiles(EnvironmentFiles files) {
    private static final String PATTERN = "environments/{name}/bastion.auto.tfvars";
    private static final AuditPaths VALUES =
            AuditPaths.of(PATTERN, Optional.of(""), Map.of(AuditVariable.DEPLOY, "bastion_enabled"));

    /** The layout that its {@code ledger.yaml} would describe. */
    public static final LayoutSource LAYOUT = new LayoutSource(
            (_, environments) -> new Layout(
                    environments,
                    List.of(new PathPattern(PATTERN, NameTemplate.PLAIN, AwsAccounts.NONE, VALUES)),
                    List.of(Layout.STANDARD_MODULE),
                    List.of()),
            "environments");

    private static final String MAIN = """
        terraform {
          required_providers {
            aws = { source = "hashicorp/aws" }
          }
          backend "s3" {
            bucket                      = "example-state"
            key                         = "ENVIRONMENT/terraform.tfstate"
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

        variable "bastion_enabled" { type = number }
        variable "requested_by_user_id" { type = string }
        variable "requested_by_username" { type = string }
        variable "created_at" { type = string }
        variable "expires_at" { type = string }
        variable "commit_sha" { default = "" }

        module "bastion" {
          source                = "../../terraform-modules/bastion"
          deploy_bastion        = var.bastion_enabled
          requested_by_user_id  = var.requested_by_user_id
          requested_by_username = var.requested_by_username
          created_at            = var.created_at
          expires_at            = var.expires_at
          commit_sha            = var.commit_sha
        }

        output "is_open" { value = module.bastion.is_open }
        output "commit_sha" { value = module.bastion.commit_sha }
        """;

    private static final String MORE_VARIABLES = """
        variable "requested_by_user_id" { type = string }
        variable "requested_by_username" { type = string }
        variable "created_at" { type = string }
        """;

    /** Creates a repository with this module and the environment dev closed. */
    static RootModuleFiles in(Path top, String module) {
        EnvironmentFiles files = new EnvironmentFiles(top, "dev");
        files.write(".git/HEAD", "ref: refs/heads/main\n");
        files.write("terraform-modules/bastion/main.tf", module + MORE_VARIABLES);
        return new RootModuleFiles(files).with("dev").closed();
    }

    /** The same with another environment, closed. */
    RootModuleFiles with(String environment) {
        files.write("environments/" + environment + "/main.tf", main(environment));
        return values(environment, 0, "", "");
    }

    static String main(String environment) {
        return MAIN.replace("ENVIRONMENT", environment);
    }

    RootModuleFiles main(String environment, String text) {
        files.write("environments/" + environment + "/main.tf", text);
        return this;
    }

    RootModuleFiles closed() {
        return values("dev", 0, "", "");
    }

    RootModuleFiles openUntil(String end) {
        return values("dev", 1, "2026-01-15T10:30:00Z", end);
    }

    RootModuleFiles values(String environment, int deploy, String start, String end) {
        files.write("environments/" + environment + "/bastion.auto.tfvars", """
            # written by the service
            bastion_enabled       = %d
            requested_by_user_id  = ""
            requested_by_username = ""
            created_at            = "%s"
            expires_at            = "%s"
            """.formatted(deploy, start, end));
        return this;
    }

    Path directory() {
        return files.top().resolve("environments/dev");
    }
}
