package dev.bastion.apply.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.apply.run.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliConfigurationTest {
    private static final String TERRAFORM = "registry.terraform.io";
    private static final String OPENTOFU = "registry.opentofu.org";

    @TempDir
    private Path folder = Path.of("");

    private Path mirror = Path.of("");
    private Path work = Path.of("");

    @BeforeEach
    void directories() throws IOException {
        mirror = Files.createDirectories(folder.resolve("a \"mirror\" ${x}"));
        work = Files.createDirectories(folder.resolve("work"));
    }

    private void unpacked(String registry, String provider, String version) throws IOException {
        Path directory = Files.createDirectories(
                mirror.resolve(registry).resolve(provider).resolve(version).resolve("linux_amd64"));
        Files.writeString(directory.resolve("terraform-provider-x"), version);
    }

    private CliConfiguration choose(Map<String, String> environment) {
        return CliConfiguration.choose(
                new Tools(Optional.empty(), Optional.empty(), Optional.of(mirror), environment, Map.of()), work);
    }

    private String written() throws IOException {
        CliConfiguration chosen = choose(Map.of());
        assertThat(chosen.description()).isEqualTo("providers from the mirror " + mirror);
        return Files.readString(Path.of(chosen.environment().getOrDefault("TF_CLI_CONFIG_FILE", "")));
    }

    @Test
    void aMirrorOfTerraformsRegistryServesOpenTofuToo() throws IOException {
        unpacked(TERRAFORM, "hashicorp/aws", "5.100.0");
        Files.writeString(
                mirror.resolve(TERRAFORM).resolve("hashicorp/aws/terraform-provider-aws_6.0.0_linux_amd64.zip"), "z");
        Files.writeString(mirror.resolve(TERRAFORM).resolve("hashicorp/aws/index.json"), "{}");
        String quoted = mirror.toString().replace("\"", "\\\"").replace("${", "$${");
        assertThat(written()).isEqualTo("""
            provider_installation {
              filesystem_mirror {
                path = "%s"
                include = ["registry.terraform.io/hashicorp/aws"]
              }
              filesystem_mirror {
                path = "%s"
                include = ["registry.opentofu.org/hashicorp/aws"]
              }
              direct {
                exclude = ["registry.opentofu.org/hashicorp/aws", "registry.terraform.io/hashicorp/aws"]
              }
            }
            """.formatted(quoted, work.resolve("providers")));
        Path linked = work.resolve("providers/registry.opentofu.org/hashicorp/aws");
        assertThat(linked.resolve("5.100.0/linux_amd64/terraform-provider-x")).hasContent("5.100.0");
        assertThat(linked.resolve("terraform-provider-aws_6.0.0_linux_amd64.zip"))
                .hasContent("z");
        assertThat(linked.resolve("5.100.0"))
                .as("Terraform follows no link there")
                .isDirectory()
                .matches(path -> !Files.isSymbolicLink(path));
        assertThat(linked.resolve("index.json")).doesNotExist();
    }

    @Test
    void aMirrorOfOpenTofusRegistryServesTerraformToo() throws IOException {
        unpacked(OPENTOFU, "hashicorp/aws", "5.100.0");
        unpacked(OPENTOFU, "hashicorp/awscc", "1.0.0");
        unpacked(TERRAFORM, "hashicorp/awscc", "1.1.0");
        assertThat(written())
                .contains(
                        "include = [\"registry.terraform.io/hashicorp/awscc\", \"registry.opentofu.org/hashicorp/aws\","
                                + " \"registry.opentofu.org/hashicorp/awscc\"]")
                .contains("include = [\"registry.terraform.io/hashicorp/aws\"]");
        Path linked = work.resolve("providers/registry.terraform.io/hashicorp");
        assertThat(linked.resolve("aws/5.100.0/linux_amd64")).isDirectory();
        assertThat(linked.resolve("awscc")).as("the mirror has it itself").doesNotExist();
    }

    @Test
    void aMirrorOfBothHasNoLinks() throws IOException {
        unpacked(TERRAFORM, "hashicorp/aws", "5.100.0");
        unpacked(OPENTOFU, "hashicorp/aws", "5.100.0");
        assertThat(written()).containsOnlyOnce("filesystem_mirror");
        assertThat(work.resolve("providers")).doesNotExist();
    }

    @Test
    void aMirrorWithoutAProviderIsRefused() throws IOException {
        Files.createDirectories(mirror.resolve(TERRAFORM).resolve("hashicorp"));
        assertThatThrownBy(() -> choose(Map.of()))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(
                        "has no provider; it must have directories like registry.terraform.io/hashicorp/aws");
    }

    @Test
    void theCallersConfigurationComesFirst() throws IOException {
        Path given = Files.writeString(folder.resolve("own.rc"), "");
        CliConfiguration chosen = choose(Map.of("TF_CLI_CONFIG_FILE", given.toString(), "PATH", "/bin"));
        assertThat(chosen.environment()).isEqualTo(Map.of("TF_CLI_CONFIG_FILE", given.toString(), "PATH", "/bin"));
        assertThat(chosen.description()).isEqualTo("providers as configured in " + given);
    }

    @Test
    void withoutAMirrorProvidersComeFromTheRegistry() {
        CliConfiguration chosen = CliConfiguration.choose(
                new Tools(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of("TF_CLI_CONFIG_FILE", folder.resolve("absent").toString()),
                        Map.of()),
                work);
        assertThat(chosen.environment()).isEmpty();
        assertThat(chosen.description()).isEqualTo("providers from the registry");
    }
}
