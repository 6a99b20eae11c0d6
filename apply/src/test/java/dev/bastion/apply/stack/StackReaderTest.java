package dev.bastion.apply.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.apply.EnvironmentFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackReaderTest {
    private static final String MODULE = """
            variable "deploy_bastion" { type = number }
            variable "expires_at" { type = string }
            output "instance_id" { value = "i" }
            output "secret" {
              value     = "s"
              sensitive = true
            }
            """;
    private static final String AUDIT = "deploy_bastion = 0\nexpires_at = \"\"\n";

    @TempDir
    private Path top;

    private EnvironmentFiles files;

    @BeforeEach
    void write() {
        files = EnvironmentFiles.in(top, "dev", MODULE);
    }

    @Test
    void readsBackendProviderModuleAndInputs() {
        files.inputs(AUDIT + "groups = [\"sg-1\"]\nport = 5432\nname = \"$${x}\"\nimage = null\n");
        StackDescription stack = stack(Map.of());
        assertThat(stack.backend().toString())
                .isEqualTo(
                        "{\"bucket\":\"example-state\",\"key\":\"dev/bastion/terraform.tfstate\",\"region\":\"eu-west-1\","
                                + "\"use_lockfile\":true,\"use_path_style\":false,\"skip_credentials_validation\":false,"
                                + "\"skip_metadata_api_check\":false,\"skip_requesting_account_id\":false}");
        assertThat(stack.provider().toString())
                .isEqualTo(
                        "{\"region\":\"eu-west-1\",\"s3_use_path_style\":false,\"skip_credentials_validation\":false,"
                                + "\"skip_metadata_api_check\":false,\"max_retries\":25}");
        assertThat(stack.inputs())
                .hasToString(
                        "{deploy_bastion=0, expires_at=\"\", groups=[\"sg-1\"], port=5432, name=\"${x}\", image=null}");
        assertThat(stack.module().variables()).containsExactlyInAnyOrder("deploy_bastion", "expires_at");
        assertThat(stack.module().outputs())
                .containsExactly(new ModuleOutput("instance_id", false), new ModuleOutput("secret", true));
    }

    @Test
    void anEmulatorChangesTheSettingsThatDependOnIt() {
        StackDescription stack = stack(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:5000"));
        assertThat(stack.backend().path("use_path_style").asBoolean()).isTrue();
        assertThat(stack.provider().path("max_retries").asInt()).isEqualTo(2);
    }

    @Test
    void nestedProviderBlocksAreIncluded() {
        files.root(EnvironmentFiles.defaultRoot()
                .replace("max_retries ", "default_tags {\n tags = { Team = \"x\" }\n }\n max_retries "));
        assertThat(stack(Map.of()).provider().path("default_tags").toString())
                .isEqualTo("[{\"tags\":{\"Team\":\"x\"}}]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            vpc_id = dependency.network.outputs.vpc_id    | inputs.vpc_id = dependency.network.outputs.vpc_id (line 12)
            groups = ["sg-1", local.group]                | inputs.groups = local.group (line 12)
            name = "${run_cmd("id")}"                     | inputs.name = "${run_cmd("id")}" (line 12)
            """)
    void namesEachInputThatIsNoLiteral(String input, String reason) {
        files.inputs(AUDIT + input + "\n");
        assertThat(reasons()).containsExactly(reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            dependency "network" { config_path = "../network" }    | the block dependency "network"
            dependencies { paths = ["../network"] }                | the block dependencies
            generate "more" { contents = "" }                      | the block generate "more"
            prevent_destroy = true                                 | the attribute prevent_destroy
            include "more" { path = "../more.hcl" }                | an include other than
            """)
    void namesEachPartThatNeedsTerragrunt(String part, String reason) {
        files.write("environments/dev/bastion/terragrunt.hcl", text() + part + "\n");
        assertThat(reasons()).hasSize(1).first().asString().startsWith(reason);
    }

    @Test
    void inputsThatAreMergedNeedTerragrunt() {
        files.file(text().replace("inputs = {", "inputs = merge({ name = \"x\" }, {")
                .replaceAll("}\\s*$", "})\n"));
        assertThat(reasons()).hasSize(1).first().asString().startsWith("inputs that are a call (");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ${get_repo_root()}/terraform-modules//bastion | git::https://example.com/modules.git//bastion | a module source that is no directory
            ${get_repo_root()}/terraform-modules//bastion | ${get_repo_root()}/terraform-modules//other   | a module source that is no directory
            find_in_parent_folders("root.hcl")            | find_in_parent_folders("common.hcl")          | an include other than
            }/terraform-modules//bastion"                 | }/terraform-modules//bastion"\\n  before_hook "x" {\\n    commands = ["apply"]\\n    execute = ["x"]\\n  } | a terraform block with more than a source
            """)
    void namesOtherPartsThatNeedTerragrunt(String from, String to, String reason) {
        files.file(text().replace(from, to.replace("\\n", "\n")));
        assertThat(reasons()).hasSize(1).first().asString().startsWith(reason);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "example-state"                  | get_aws_account_id()               | remote_state.config.bucket = get_aws_account_id()
            backend = "s3"                   | backend = "gcs"                    | a remote_state other than s3
            "${path_relative_to_include()}/  | "${get_aws_account_id()}/          | remote_state.config.key = get_aws_account_id()
            region = "${local.region}"       | alias = "x"\\n} \\nprovider "tls" { | generated text other than the one provider aws
            """)
    void namesPartsOfTheRootThatNeedTerragrunt(String from, String to, String reason) {
        assertThat(EnvironmentFiles.defaultRoot()).contains(from);
        files.root(EnvironmentFiles.defaultRoot().replace(from, to.replace("\\n", "\n")));
        assertThat(reasons()).first().asString().startsWith(reason);
    }

    private String text() {
        try {
            return java.nio.file.Files.readString(files.directory().resolve("terragrunt.hcl"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private StackDescription stack(Map<String, String> environment) {
        return switch (StackReader.read(files.read(), environment)) {
            case StackReadResult.Complete(StackDescription stack) -> stack;
            case StackReadResult.NeedsTerragrunt reasons -> throw new AssertionError(reasons.sentence());
        };
    }

    private List<String> reasons() {
        return switch (StackReader.read(files.read(), Map.of())) {
            case StackReadResult.Complete complete -> throw new AssertionError("was read: " + complete);
            case StackReadResult.NeedsTerragrunt(List<String> reasons) -> reasons;
        };
    }
}
