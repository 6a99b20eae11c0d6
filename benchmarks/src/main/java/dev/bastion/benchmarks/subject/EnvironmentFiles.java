package dev.bastion.benchmarks.subject;

import dev.bastion.access.grant.EnvironmentName;

/** Environment files like those of the ledger. */
final class EnvironmentFiles {
    private EnvironmentFiles() {}

    public static String closed(EnvironmentName environment) {
        return """
                include "root" {
                  path = find_in_parent_folders("root.hcl")
                }

                terraform {
                  source = "${get_repo_root()}/terraform-modules//bastion"
                }

                inputs = {
                  project_name          = "orders"
                  environment           = "%s"
                  instance_type         = "t4g.nano"
                  rds_port              = 5432

                  # Written by the service; empty while closed.
                  deploy_bastion        = 0
                  requested_by_user_id  = ""
                  requested_by_username = ""
                  created_at            = ""
                  expires_at            = ""
                }
                """.formatted(environment.resourceName());
    }

    /** The file opened or closed by plain text replacement. */
    static String toggled(String file) {
        return file.contains("deploy_bastion        = 0")
                ? file.replace("deploy_bastion        = 0", "deploy_bastion        = 1")
                        .replace("expires_at            = \"\"", "expires_at            = \"2026-01-15T14:00:00Z\"")
                : file.replace("deploy_bastion        = 1", "deploy_bastion        = 0")
                        .replace("expires_at            = \"2026-01-15T14:00:00Z\"", "expires_at            = \"\"");
    }
}
