package dev.bastion.cli.init;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.layout.RepositoryPath;
import dev.bastion.layout.file.AuditVariable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a new environment that is a root module of plain Terraform, with the inputs of the product's example.
 *
 * @param place where its bastion and its state are
 */
record RootModuleText(LedgerChoices choices, LedgerChoices.AwsPlace place) {
    /** The variables to which each run gives values. */
    private static final String OF_A_RUN = """
        variable "commit_sha" { default = "" }
        variable "request_id" { default = "" }
        variable "ledger" { default = "" }
        """;

    /**
     * The code.
     *
     * @param directory the root module's, in the repository
     * @param inputs the {@code terragrunt.hcl} that the same environment would have as a Terragrunt unit
     * @param name the environment's name in its state's key
     */
    String code(String directory, String inputs, String name) {
        String template = """
            terraform {
              required_version = ">= 1.10"

              required_providers {
                aws = {
                  source  = "hashicorp/aws"
                  version = ">= 5.100, < 6.0"
                }
              }

              backend "s3" {
                bucket       = ""
                key          = ""
                region       = ""
                encrypt      = true
                use_lockfile = true
              }
            }

            provider "aws" {
              region = ""
            }

            # Written by the service into the .tfvars file.
            %s
            # Written by each run.
            %s
            module "bastion" {
              source = ""

            %s
              # As the variables say.
            %s
            }
            """.formatted(
                        Arrays.stream(AuditVariable.values())
                                .map(variable -> "variable \"" + variable.variable() + "\" {}\n")
                                .collect(Collectors.joining()),
                        OF_A_RUN,
                        configured(inputs),
                        arguments());
        HclFile file = HclFile.parse("main.tf", template.getBytes(StandardCharsets.UTF_8));
        return new String(
                file.replace(Map.of(
                                HclPath.of("terraform.backend.s3.bucket"), new StringLiteral(place.stateBucket()),
                                HclPath.of("terraform.backend.s3.key"),
                                        new StringLiteral(name + "/bastion/terraform.tfstate"),
                                HclPath.of("terraform.backend.s3.region"), new StringLiteral(place.region()),
                                HclPath.of("provider.aws.region"), new StringLiteral(place.region()),
                                HclPath.of("module.bastion.source"), new StringLiteral(source(directory))))
                        .bytes(),
                StandardCharsets.UTF_8);
    }

    /** The values, closed. */
    static String values(String inputs) {
        String all = inputs.substring(inputs.indexOf("inputs = {"));
        return all.substring(all.indexOf("  # Written by"), all.lastIndexOf('}'))
                .replaceAll("(?m)^  ", "");
    }

    /** The inputs that a person writes: those before the values. */
    private static String configured(String inputs) {
        String all = inputs.substring(inputs.indexOf("inputs = {") + "inputs = {\n".length());
        return all.substring(0, all.indexOf("  # Written by")).stripTrailing() + "\n";
    }

    private static String arguments() {
        return Stream.concat(
                        Arrays.stream(AuditVariable.values()).map(AuditVariable::variable),
                        Stream.of("commit_sha", "request_id", "ledger"))
                .map(variable ->
                        "  " + variable + " ".repeat(Math.max(1, 22 - variable.length())) + "= var." + variable)
                .collect(Collectors.joining("\n"));
    }

    /** Terraform reads the path of a module of the repository from the root module's own directory. */
    private String source(String directory) {
        return choices.module()
                .pathInRepository()
                .map(path -> "../".repeat(directory.split("/").length) + RepositoryPath.resolve("", path))
                .orElse(choices.module().address());
    }
}
