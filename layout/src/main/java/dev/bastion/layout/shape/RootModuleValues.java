package dev.bastion.layout.shape;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclBlock;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.AuditVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The check of a root module's values: one file has the audit values, and no other sets them again. */
final class RootModuleValues {
    /** The variables whose values a run knows better: Terraform prefers those of a file. */
    private static final Set<String> OF_A_RUN = Set.of("commit_sha", "request_id", "ledger", "standing");

    private final String file;
    private final AuditPaths paths;

    /** @param file the path of the file with the audit values */
    RootModuleValues(String file, AuditPaths paths) {
        this.file = file;
        this.paths = paths;
    }

    List<ShapeProblem> problems(HclFile values) {
        List<ShapeProblem> problems = new ArrayList<>();
        for (HclBlock block : values.blocks()) {
            problems.add(new ShapeProblem(
                    values.name(), block.line(), "the block `" + block.type() + "` is not allowed", "Remove it"));
        }
        boolean isOwn = values.name().equals(file);
        for (String name : values.attributes().keySet()) {
            if (OF_A_RUN.contains(name)) {
                problems.add(problem(values, name, "each run sets `" + name + "` itself", "Remove it"));
            } else if (!isOwn && paths.variableOf(name).isPresent()) {
                problems.add(problem(
                        values, name, "`" + name + "` is the service's to write, in " + file, "Remove it here"));
            }
        }
        if (isOwn) {
            ownValues(values, problems);
        }
        return problems;
    }

    private void ownValues(HclFile values, List<ShapeProblem> problems) {
        String deploy = paths.name(AuditVariable.DEPLOY);
        boolean isSwitch = values.locate(paths.of(AuditVariable.DEPLOY)) instanceof Location.Found found
                && found.literal() instanceof NumberLiteral number
                && (number.is(0) || number.is(1));
        if (!isSwitch) {
            problems.add(problem(
                    values, deploy, "`" + deploy + "` must be the number 0 or 1", "Write 0 to close the environment"));
        }
    }

    private static ShapeProblem problem(HclFile values, String name, String problem, String remedy) {
        int line = values.locate(new HclPath(List.of(name))) instanceof Location.Found found ? found.line() : 0;
        return new ShapeProblem(values.name(), line, problem, remedy);
    }
}
