package dev.bastion.benchmarks.subject;

import org.openrewrite.ExecutionContext;
import org.openrewrite.InMemoryExecutionContext;
import org.openrewrite.SourceFile;
import org.openrewrite.hcl.HclParser;
import org.openrewrite.hcl.HclVisitor;
import org.openrewrite.hcl.tree.Hcl;

/**
 * The alternative to HCL edits: OpenRewrite. It has no paths, so a visitor matches the attribute directly in {@code
 * inputs}.
 */
public final class OpenRewrite {
    private final HclParser parser = HclParser.builder().build();
    private final HclVisitor<ExecutionContext> visitor;

    public OpenRewrite(String attribute) {
        this.visitor = new InputVisitor(attribute);
    }

    public String edited(String file) {
        ExecutionContext context = new InMemoryExecutionContext();
        SourceFile parsed = parser.parse(context, file).findFirst().orElseThrow();
        return ((SourceFile) visitor.visitNonNull(parsed, context)).printAll();
    }

    /** Replaces the number of one input by 1. */
    private static final class InputVisitor extends HclVisitor<ExecutionContext> {
        private final String attribute;

        InputVisitor(String attribute) {
            this.attribute = attribute;
        }

        @Override
        public Hcl visitAttribute(Hcl.Attribute visited, ExecutionContext context) {
            boolean isTarget =
                    visited.getSimpleName().equals(attribute) && visited.getValue() instanceof Hcl.Literal && isInput();
            return isTarget
                    ? visited.withValue(
                            ((Hcl.Literal) visited.getValue()).withValue(1).withValueSource("1"))
                    : super.visitAttribute(visited, context);
        }

        private boolean isInput() {
            Hcl.Attribute around = getCursor().getParentTreeCursor().firstEnclosing(Hcl.Attribute.class);
            return around != null && around.getSimpleName().equals("inputs");
        }
    }
}
