package dev.bastion.apply.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bastion.apply.plan.ModuleScope;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.apply.terraform.Command;
import dev.bastion.apply.terraform.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The driver that runs Terraform on a root stack synthesised from the environment's literal inputs. */
record CdktfDriver(Path terraform, EnvironmentDirectory directory, StackDescription stack) implements Driver {
    @Override
    public String name() {
        return "cdktf";
    }

    @Override
    public ModuleScope scope() {
        return ModuleScope.CHILD_MODULE;
    }

    @Override
    public Command prepare(WorkDirectory work, Provenance provenance, Map<String, String> environment) {
        Path directory = RootStack.write(withProvenance(provenance), work.resolve("cdktf.out"));
        copyLockFile(directory);
        return new Command(List.of(terraform.toString()), directory, environment);
    }

    /** Passes only the inputs that the module has, as Terragrunt does. */
    private StackDescription withProvenance(Provenance provenance) {
        Map<String, JsonNode> inputs = new LinkedHashMap<>(stack.inputs());
        provenance.inputs().forEach((name, value) -> inputs.put(name, TextNode.valueOf(value)));
        inputs.keySet().retainAll(stack.module().variables());
        return new StackDescription(stack.module(), stack.backend(), stack.provider(), inputs);
    }

    private void copyLockFile(Path to) {
        Path locks = directory.lockFile();
        try {
            if (Files.exists(locks)) {
                Files.copy(locks, to.resolve(locks.getFileName()));
            }
        } catch (IOException e) {
            throw new StepFailed("cannot copy " + locks + ": " + e.getMessage(), e);
        }
    }
}
