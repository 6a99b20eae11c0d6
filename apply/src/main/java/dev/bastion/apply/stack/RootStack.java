package dev.bastion.apply.stack;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.AppConfig;
import com.hashicorp.cdktf.S3Backend;
import com.hashicorp.cdktf.S3BackendConfig;
import com.hashicorp.cdktf.TerraformHclModule;
import com.hashicorp.cdktf.TerraformHclModuleConfig;
import com.hashicorp.cdktf.TerraformOutput;
import com.hashicorp.cdktf.TerraformOutputConfig;
import com.hashicorp.cdktf.TerraformStack;
import dev.bastion.apply.plan.ModuleScope;
import dev.bastion.apply.run.StepFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.jsii.JsiiException;

/**
 * The root stack around the bastion module, written with CDKTF: backend, provider, module and outputs. CDKTF was
 * archived in 2025 and needs Node on the PATH; only this class knows it.
 *
 * <p>The inputs bypass CDKTF. It looks for its own tokens, such as <code>${TfToken[…]}</code>, in every string, escaped
 * or not, and inputs have text that people typed. This class adds them to the synthesised JSON afterwards, escaped
 * once.
 */
final class RootStack {
    static final String NAME = "bastion";
    private static final ObjectMapper JSON = new ObjectMapper();

    private RootStack() {}

    /**
     * Writes {@code stacks/bastion/cdk.tf.json} below a directory.
     *
     * @return the directory of that file, where Terraform is to run
     * @throws StepFailed when Node is missing or CDKTF fails
     */
    static Path write(StackDescription description, Path outputDirectory) {
        Path directory = outputDirectory.resolve("stacks").resolve(NAME);
        try {
            synthesise(description, outputDirectory, directory);
            Path file = directory.resolve("cdk.tf.json");
            ObjectNode stack = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
            ObjectNode module = (ObjectNode) stack.path("module").path(ModuleScope.MODULE);
            description.inputs().forEach((name, value) -> module.set(name, TemplateText.escaped(value)));
            Files.writeString(file, stack.toPrettyString() + "\n");
            return directory;
        } catch (IOException e) {
            throw new StepFailed("cannot write the root stack in " + directory + ": " + e.getMessage(), e);
        } catch (JsiiException e) {
            throw new StepFailed(
                    "CDKTF could not synthesise the root stack (is Node 18 or later on the PATH?): " + e.getMessage(),
                    e);
        }
    }

    private static void synthesise(StackDescription description, Path outputDirectory, Path directory) {
        App app = new App(AppConfig.builder()
                .outdir(outputDirectory.toString())
                .skipValidation(true)
                .build());
        TerraformStack stack = new TerraformStack(app, NAME);
        backend(stack, description.backend());
        stack.addOverride("provider.aws", List.of(plain(description.provider())));
        TerraformHclModule module = new TerraformHclModule(
                stack,
                ModuleScope.MODULE,
                TerraformHclModuleConfig.builder()
                        .source(relative(directory, description.module().path()))
                        .skipAssetCreationFromLocalModules(true)
                        .build());
        description.module().outputs().forEach(output -> output(stack, module, output));
        app.synth();
    }

    /** CDKTF requires bucket and key; of the other settings it knows only those of 2023, so they are overrides. */
    private static void backend(TerraformStack stack, ObjectNode backend) {
        new S3Backend(
                stack,
                S3BackendConfig.builder()
                        .bucket(backend.path("bucket").asText())
                        .key(backend.path("key").asText())
                        .build());
        backend.properties()
                .forEach(item ->
                        stack.addOverride("terraform.backend.s3." + item.getKey(), plainValue(item.getValue())));
    }

    private static void output(TerraformStack stack, TerraformHclModule module, ModuleOutput output) {
        TerraformOutput terraformOutput = new TerraformOutput(
                stack,
                output.name(),
                TerraformOutputConfig.builder()
                        .value(module.get(output.name()))
                        .sensitive(output.sensitive() ? true : null)
                        .build());
        terraformOutput.overrideLogicalId(output.name());
    }

    private static Map<String, Object> plain(JsonNode object) {
        return JSON.convertValue(TemplateText.escaped(object), new TypeReference<Map<String, Object>>() {});
    }

    private static Object plainValue(JsonNode value) {
        return JSON.convertValue(TemplateText.escaped(value), Object.class);
    }

    /** Terraform reads a relative source in place; it would copy an absolute one. */
    private static String relative(Path from, Path to) {
        String path = from.relativize(to).toString().replace('\\', '/');
        return path.startsWith("../") ? path : "./" + path;
    }
}
