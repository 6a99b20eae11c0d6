package dev.bastion.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Literal;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.model.Span;
import dev.bastion.hcl.syntax.Lexer;
import dev.bastion.hcl.syntax.TokenKind;
import dev.bastion.hcl.syntax.TokenList;
import dev.bastion.hcl.syntax.TokensAssert;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of every file, checked on random files. */
class PropertiesTest {
    static Stream<Arguments> seeds() {
        return Seeds.of(200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void tokensCoverEveryByteAndAFileRoundTrips(long seed) {
        byte[] bytes = GeneratedHcl.of(new Random(seed)).bytes();
        TokensAssert.coverEveryByte(bytes);
        assertThat(Lexer.lex(bytes).syntaxError()).isEmpty();
        assertThat(HclFile.parse("t", bytes).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void replacingALiteralByItselfChangesNothing(long seed) {
        GeneratedHcl generated = GeneratedHcl.of(new Random(seed));
        HclFile file = HclFile.parse("t", generated.bytes());
        generated.literals().forEach((path, literal) -> {
            assertThat(file.literal(path)).as("%s", path).isEqualTo(literal);
            assertThat(file.value(path)).isEqualTo(literal);
        });
        assertThat(file.replace(generated.literals()).bytes()).isEqualTo(file.bytes());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anEditChangesOneSpanAndIsUndoneByTheOldValue(long seed) {
        Random random = new Random(seed);
        GeneratedHcl generated = GeneratedHcl.of(random);
        HclFile file = HclFile.parse("t", generated.bytes());
        generated.literals().forEach((path, old) -> {
            Literal other = GeneratedHcl.literal(random);
            HclFile edited = file.replace(path, other);
            assertThat(withoutGaps(edited.bytes()))
                    .as("%s", path)
                    .isEqualTo(withoutGaps(replaceSpans(file, path, other)));
            assertThat(edited.literal(path)).isEqualTo(other);
            assertThat(shown(edited.replace(path, old))).as("%s back", path).isEqualTo(shown(file));
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anEditKeepsEveryOtherValue(long seed) {
        Random random = new Random(seed);
        GeneratedHcl generated = GeneratedHcl.of(random);
        HclFile file = HclFile.parse("t", generated.bytes());
        for (HclPath path : generated.literals().keySet().stream().limit(3).toList()) {
            Map<HclPath, Literal> expected = new LinkedHashMap<>(generated.literals());
            expected.put(path, GeneratedHcl.literal(random));
            HclFile edited = file.replace(path, expected.get(path));
            assertThat(Goldens.literals(edited, expected.keySet())).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void severalEditsAtOnceEqualConsecutiveEdits(long seed) {
        Random random = new Random(seed);
        GeneratedHcl generated = GeneratedHcl.of(random);
        HclFile file = HclFile.parse("t", generated.bytes());
        Map<HclPath, Literal> edits = new LinkedHashMap<>();
        generated.literals().keySet().forEach(path -> edits.put(path, GeneratedHcl.literal(random)));
        HclFile stepwise = file;
        for (Map.Entry<HclPath, Literal> edit : edits.entrySet()) {
            stepwise = stepwise.replace(edit.getKey(), edit.getValue());
        }
        assertThat(shown(file.replace(edits))).isEqualTo(shown(stepwise));
        assertThat(shown(stepwise.replace(generated.literals()))).isEqualTo(shown(file));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aDamagedFileIsRejectedOrEditedInOneSpan(long seed) {
        Random random = new Random(seed);
        GeneratedHcl generated = GeneratedHcl.of(random);
        byte[] damaged = Damage.some(generated.bytes(), random);
        TokensAssert.coverEveryByte(damaged);
        HclFile file = HclFile.parse("t", damaged);
        assertThat(file.bytes()).isEqualTo(damaged);
        for (HclPath path : generated.literals().keySet()) {
            Literal other = GeneratedHcl.literal(random);
            if (file.locate(path) instanceof Location.Found) {
                assertThat(withoutGaps(file.replace(path, other).bytes()))
                        .isEqualTo(withoutGaps(replaceSpans(file, path, other)));
            }
        }
    }

    private static byte[] replaceSpans(HclFile file, HclPath path, Literal literal) {
        Span span = ((Location.Found) file.locate(path)).span();
        String shown = shown(file);
        String written = new String(literal.hcl().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return (shown.substring(0, span.start()) + written + shown.substring(span.end()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** All tokens, but every space before a trailing comment as one. */
    private static String withoutGaps(byte[] bytes) {
        TokenList tokens = Lexer.lex(bytes);
        StringBuilder text = new StringBuilder();
        for (int token = 0; token < tokens.count(); token++) {
            boolean gap = tokens.kind(token) == TokenKind.SPACE
                    && token + 1 < tokens.count()
                    && tokens.kind(token + 1) == TokenKind.LINE_COMMENT;
            int length = tokens.end(token) - tokens.start(token);
            text.append(gap ? " " : new String(bytes, tokens.start(token), length, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    private static String shown(HclFile file) {
        return Goldens.shown(file);
    }
}
