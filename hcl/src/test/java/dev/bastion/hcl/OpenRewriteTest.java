package dev.bastion.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Literal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrewrite.InMemoryExecutionContext;
import org.openrewrite.SourceFile;
import org.openrewrite.hcl.HclParser;
import org.openrewrite.hcl.HclVisitor;
import org.openrewrite.hcl.tree.Hcl;
import org.openrewrite.tree.ParseError;

/**
 * Edited golden files read by OpenRewrite, which finds the new values. It does not support Terragrunt's {@code exclude
 * { if = … }} or keys in parentheses, so those files are left out.
 */
class OpenRewriteTest {
    private static final List<String> BEYOND_IT = List.of(
            "other-literals", "spellings-of-a-key", "byte-order-mark-tabs-no-last-newline", "not-utf8-elsewhere");

    static Stream<Path> edits() throws IOException {
        return Goldens.cases("edit")
                .filter(golden -> !BEYOND_IT.contains(golden.getFileName().toString()));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void anotherParserFindsTheNewValues(Path golden) throws IOException {
        Map<HclPath, Literal> edits = Goldens.edits(golden);
        HclFile edited = Goldens.file(golden, "before.hcl").replace(edits);
        List<String> found = attributes(new String(edited.bytes(), StandardCharsets.UTF_8));
        edits.forEach((path, literal) -> assertThat(found).contains(path.last() + " = " + literal.hcl()));
    }

    /** Every {@code name = literal} it sees, as it prints them. */
    private static List<String> attributes(String hcl) {
        SourceFile file = HclParser.builder()
                .build()
                .parse(new InMemoryExecutionContext(), hcl)
                .findFirst()
                .orElseThrow();
        assertThat(file).isNotInstanceOf(ParseError.class);
        List<String> attributes = new ArrayList<>();
        new Attributes().visit(file, attributes);
        return attributes;
    }

    private static final class Attributes extends HclVisitor<List<String>> {
        @Override
        public Hcl visitAttribute(Hcl.Attribute attribute, List<String> attributes) {
            String value = attribute
                    .getValue()
                    .withPrefix(org.openrewrite.hcl.tree.Space.EMPTY)
                    .print(getCursor());
            attributes.add(attribute.getSimpleName() + " = " + value);
            return super.visitAttribute(attribute, attributes);
        }
    }
}
