package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of an HCL file that may be paths. */
class PathReferenceTest {
    private static PathReference literal(String path, boolean mayBeDirectory) {
        return new PathReference(List.of(path), false, mayBeDirectory);
    }

    private static PathReference parts(boolean isOpen, boolean mayBeDirectory, String... parts) {
        return new PathReference(List.of(parts), isOpen, mayBeDirectory);
    }

    @Test
    void aTextIsItsLiteralParts() {
        assertThat(PathReference.in("x = \"account.hcl\"")).containsExactly(literal("account.hcl", false));
        assertThat(PathReference.in("x = \"a1/b2.hcl\"")).containsExactly(literal("a1/b2.hcl", true));
        assertThat(PathReference.in("x = \"aa${x}${y}bb\"")).containsExactly(parts(false, false, "aa", "bb"));
        assertThat(PathReference.in("x = \"${x}aa${y}\"")).containsExactly(parts(true, false, "aa", ""));
        assertThat(PathReference.in("x = \"${f(\"in${y}ner\")}-outer\""))
                .containsExactly(parts(false, false, "in", "ner"), parts(true, false, "-outer"));
        assertThat(PathReference.in("ab\u0000cd")).containsExactly(literal("ab", false), literal("cd", false));
    }

    @Test
    void stepsThatLeadNowhereAreLeftOut() {
        assertThat(PathReference.in("\"./aa/./bb//cc/\"")).containsExactly(literal("aa/bb/cc", true));
        assertThat(PathReference.in("\"aa/./././bb\"")).containsExactly(literal("aa/bb", true));
        assertThat(PathReference.in("\"xx/../../bb\"")).containsExactly(literal("bb", true));
        assertThat(PathReference.in("\"///aa\"")).containsExactly(literal("aa", true));
    }

    /** Time that is quadratic in the length would be minutes. */
    @ParameterizedTest
    @ValueSource(
            strings = {"/", "//.", "/./", "../", "/..", "aa/", "*", "%", "%0", "$", "}", "${x}", "file(", "\u0000"})
    void aLongTextTakesLinearTime(String part) {
        String text = "aa" + part.repeat(500_000) + "bb";
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(PathReference.isTooDeep(text)).isFalse();
            assertThat(PathReference.isComputed(text)).isEqualTo(part.equals("file("));
            assertThat(PathReference.in(text)).isNotEmpty();
        });
    }

    @Test
    void aDirectoryIsListedWithItsNameAlone() {
        assertThat(PathReference.in("fileset(\"config\")"))
                .containsExactly(literal("fileset", true), literal("config", true));
    }

    @Test
    void ofManyPartsTheLastOnesCount() {
        String eight = IntStream.rangeClosed(1, 8).mapToObj(i -> "p" + i).collect(Collectors.joining("${x}"));
        assertThat(PathReference.in(eight))
                .containsExactly(parts(false, false, "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"));
        assertThat(PathReference.in(eight + "${x}p9"))
                .containsExactly(parts(true, false, "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9"));
    }

    @Test
    void aFileIsMeantByItsEnd() {
        assertThat(literal("account.hcl", false).mayMean("live/account.hcl")).isTrue();
        assertThat(literal("account.hcl", false).mayMean("account.hcl")).isTrue();
        assertThat(literal("account.hcl", false).mayMean("xaccount.hcl")).isFalse();
        assertThat(literal("account.hcl", false).mayMean("account.hcl/x")).isFalse();
        assertThat(parts(true, false, "count.hcl").mayMean("account.hcl")).isTrue();
    }

    @Test
    void aDirectoryIsMeantWithWhatIsInIt() {
        assertThat(literal("config/x", true).mayMean("config/x/y.z")).isTrue();
        assertThat(literal("config/x", true).mayMean("a/config/x")).isTrue();
        assertThat(literal("config/x", true).mayMean("config/xy")).isFalse();
        assertThat(literal("config/x", true).mayMean("myconfig/x")).isFalse();
    }

    @Test
    void anythingMayStandBetweenTheParts() {
        assertThat(parts(false, false, "config/", ".yaml").mayMean("config/prod.yaml"))
                .isTrue();
        assertThat(parts(false, false, "config/", ".yaml").mayMean("config/prod.yml"))
                .isFalse();
        assertThat(parts(false, false, "config/", ".yaml").mayMean("conf/prod.yaml"))
                .isFalse();
        assertThat(parts(true, false, "ab", "ba").mayMean("aba")).isFalse();
        assertThat(parts(true, false, "ab", "ba").mayMean("abba")).isTrue();
        assertThat(parts(false, true, "config/", "").mayMean("config/a/b")).isTrue();
        assertThat(parts(false, false, "name", "").mayMean("names")).isTrue();
        assertThat(parts(false, false, "name", "").mayMean("other")).isFalse();
    }

    @Test
    void theTailIsThePathBehindWhatIsComputed() {
        assertThat(literal("aa/bb", true).tail()).isEqualTo("aa/bb");
        assertThat(parts(true, true, "x/aa/bb").tail()).isEqualTo("aa/bb");
        assertThat(parts(true, true, "/bb").tail()).isEqualTo("bb");
        assertThat(parts(true, false, "aa").tail()).isEmpty();
        assertThat(parts(false, true, "aa/bb", "x/cc").tail()).isEqualTo("cc");
        assertThat(parts(false, true, "aa/bb", "cc").tail()).isEmpty();
    }

    @Test
    void theDepthOfBracesIsBounded() {
        assertThat(PathReference.isTooDeep("{".repeat(100))).isFalse();
        assertThat(PathReference.isTooDeep("{".repeat(101))).isTrue();
        assertThat(PathReference.isTooDeep("}".repeat(50) + "{".repeat(101))).isTrue();
        assertThat(PathReference.isTooDeep("{}".repeat(200))).isFalse();
        assertThat(PathReference.isTooDeep("{x".repeat(101))).isTrue();
        assertThat(PathReference.isTooDeep("{".repeat(100) + "}" + "{")).isFalse();
        assertThat(PathReference.isTooDeep("{".repeat(100) + "}" + "{{")).isTrue();
    }
}
