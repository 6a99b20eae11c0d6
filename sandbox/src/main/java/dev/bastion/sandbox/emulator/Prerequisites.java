package dev.bastion.sandbox.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The ids of what an account needs before its first bastion, created by {@code terraform-modules/prerequisites}.
 *
 * @param endpointSecurityGroups the groups of the SSM endpoints
 */
public record Prerequisites(
        String vpc, String subnet, String databaseSecurityGroup, List<String> endpointSecurityGroups, String kmsKey) {
    public Prerequisites {
        endpointSecurityGroups = List.copyOf(endpointSecurityGroups);
    }

    /**
     * Applies the module in a folder of its own.
     *
     * @param module the directory {@code terraform-modules/prerequisites}
     * @throws StartupException when Terraform fails
     */
    public static Prerequisites apply(Terraform terraform, Path module, String region, Path folder) {
        Path log = folder.resolve("terraform.log");
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("main.tf"), stack(region, module));
            must(terraform, folder, log, List.of("init", "-input=false", "-no-color"));
            must(terraform, folder, log, List.of("apply", "-auto-approve", "-input=false", "-no-color"));
            return read(terraform.read(folder, log, List.of("output", "-json", "all")));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot apply the prerequisites", failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new StartupException("applying the prerequisites was interrupted", log);
        }
    }

    private static void must(Terraform terraform, Path folder, Path log, List<String> arguments)
            throws IOException, InterruptedException {
        if (!terraform.run(folder, log, arguments)) {
            throw new StartupException("terraform " + arguments.getFirst() + " of the prerequisites failed", log);
        }
    }

    private static Prerequisites read(String json) throws IOException {
        JsonNode outputs = new ObjectMapper().readTree(json);
        List<String> groups = new ArrayList<>();
        outputs.path("vpc_endpoint_security_group_ids").forEach(group -> groups.add(group.asText()));
        return new Prerequisites(
                outputs.path("vpc_id").asText(),
                outputs.path("subnet_id").asText(),
                outputs.path("rds_security_group_id").asText(),
                groups,
                outputs.path("kms_key_arn").asText());
    }

    private static String stack(String region, Path module) {
        return """
            provider "aws" {
              region                      = "%s"
              s3_use_path_style           = true
              skip_credentials_validation = true
              skip_metadata_api_check     = true
              max_retries                 = 2
            }

            module "prerequisites" {
              source = "%s"
              name   = "sandbox"

              # nothing flows through an emulator, and nobody signs in to it
              create_flow_logs        = false
              create_session_metadata = false
            }

            output "all" {
              value = module.prerequisites
            }
            """.formatted(region, module);
    }
}
