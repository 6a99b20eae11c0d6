package dev.bastion.benchmarks.subject;

/** Terragrunt files of realistic size, in which the edited name occurs several times but once as the input. */
public final class TerragruntFiles {
    private static final String HEAD = """
            # Written by hand, like most of them.
            include "root" {
              path = find_in_parent_folders("root.hcl")
            }

            locals {
              region = "eu-central-1"
              common = read_terragrunt_config(find_in_parent_folders("common.hcl"))
            }

            terraform {
              source = "${get_repo_root()}/terraform-modules//bastion?ref=v1.4.0"
            }

            """;
    private static final String DEPENDENCY = """
            dependency "network_<n>" {
              config_path = "../network-<n>"

              # deploy_bastion = 1 would be wrong here
              mock_outputs = {
                vpc_id         = "vpc-<n>"
                subnet_ids     = ["subnet-<n>", "subnet-<n>"]
                deploy_bastion = 1
              }
              mock_outputs_allowed_terraform_commands = ["validate", "plan"]
            }

            """;
    private static final String TAGS = """
              tags_<n> = {
                Project = "orders" # who pays
                Purpose = "service <n>"
                Owner   = local.common.locals.owners["team-<n>"]
              }
              user_data_<n> = <<-EOT
                #!/bin/bash
                echo "deploy_bastion = 1" > /etc/note
                hostname ${local.region}-<n>
              EOT
              rules_<n> = [
                { port = 5432, cidr = "10.<n>.0.0/16" },
                { port = 443, cidr = "10.0.0.0/8" },
              ]

            """;
    private static final String TAIL = """

              # Written by the service; empty while closed.
              deploy_bastion        = 0
              requested_by_user_id  = ""
              requested_by_username = ""
              created_at            = ""
              expires_at            = ""
            }
            """;

    private TerragruntFiles() {}

    /** A file of about this many lines: one third dependencies, the rest inputs. */
    public static String ofLines(int lines) {
        StringBuilder file = new StringBuilder(HEAD);
        for (int number = 0; linesOf(file) < lines / 3; number++) {
            file.append(DEPENDENCY.replace("<n>", String.valueOf(number)));
        }
        file.append("inputs = {\n");
        for (int number = 0; linesOf(file) < lines - 8; number++) {
            file.append(TAGS.replace("<n>", String.valueOf(number)));
        }
        return file.append(TAIL).toString();
    }

    private static long linesOf(CharSequence text) {
        return text.chars().filter(character -> character == '\n').count();
    }
}
