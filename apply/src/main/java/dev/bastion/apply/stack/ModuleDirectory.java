package dev.bastion.apply.stack;

import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.BooleanLiteral;
import dev.bastion.hcl.model.HclBlock;
import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The interface of a Terraform module on disk.
 *
 * @param variables the names of its inputs
 */
record ModuleDirectory(Path path, Set<String> variables, List<ModuleOutput> outputs) {
    ModuleDirectory {
        variables = Set.copyOf(variables);
        outputs = List.copyOf(outputs);
    }

    /** @throws InvalidConfiguration when there is no such module, or it is not HCL */
    static ModuleDirectory read(Path path) {
        Set<String> variables = new TreeSet<>();
        List<ModuleOutput> outputs = new ArrayList<>();
        for (HclFile file : files(path)) {
            for (HclBlock block : file.blocks()) {
                if (block.type().equals("variable")) {
                    variables.add(block.labels().getFirst());
                } else if (block.type().equals("output")) {
                    outputs.add(output(file, block.labels().getFirst()));
                }
            }
        }
        return new ModuleDirectory(path, variables, outputs);
    }

    private static ModuleOutput output(HclFile file, String name) {
        var sensitive = file.items(new HclPath(List.of("output", name))).get("sensitive");
        return new ModuleOutput(name, sensitive instanceof BooleanLiteral(boolean isTrue) && isTrue);
    }

    private static List<HclFile> files(Path path) {
        try (Stream<Path> all = Files.list(path)) {
            List<HclFile> files = new ArrayList<>();
            for (Path each :
                    all.filter(file -> file.toString().endsWith(".tf")).sorted().toList()) {
                files.add(HclFile.parse(each.toString(), Files.readAllBytes(each)));
            }
            if (files.isEmpty()) {
                throw new InvalidConfiguration(path + " has no Terraform module");
            }
            return files;
        } catch (IOException e) {
            throw new InvalidConfiguration("cannot read the module " + path, e);
        } catch (HclException e) {
            throw new InvalidConfiguration(String.valueOf(e.getMessage()), e);
        }
    }
}
