package dev.bastion.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.NumberLiteral;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every small run of trailing comments, with every edit. */
class TrailingCommentsTest {
    private static final HclPath A = HclPath.of("a");
    private static final HclPath B = HclPath.of("b");

    @Test
    void undoingAnEditRestoresEveryByte() {
        forEachRun(file -> {
            for (int a = 1; a <= 1000; a *= 10) {
                for (int b = 1; b <= 1000; b *= 10) {
                    HclFile there = file.replace(A, NumberLiteral.of(a)).replace(B, NumberLiteral.of(b));
                    HclFile further = there.replace(A, NumberLiteral.of(10)).replace(B, NumberLiteral.of(100));
                    HclFile back = further.replace(A, file.literal(A)).replace(B, file.literal(B));
                    assertThat(text(back)).isEqualTo(text(file));
                }
            }
        });
    }

    @Test
    void anAlignedRunStaysAligned() {
        forEachRun(file -> {
            HclFile edited = file.replace(A, NumberLiteral.of(12345));
            assertThat(isAligned(edited))
                    .as("%s to %s", text(file), text(edited))
                    .isEqualTo(isAligned(file));
        });
    }

    @Test
    void aRunEndsAtALineWithoutAComment() {
        HclFile file = file("a = 1 # x\nb = 22 # y\nc = 3\n\nd = 4  # x\n# alone\ne = 55 # y\n");
        assertThat(text(file.replace(HclPath.of("d"), NumberLiteral.of(444))))
                .isEqualTo(text(file).replace("d = 4  #", "d = 444  #"));
    }

    @Test
    void tabsStayUnchanged() {
        HclFile file = file("a = 1\t\t# x\nb = 22 # y\n");
        assertThat(text(file.replace(A, NumberLiteral.of(333)))).isEqualTo("a = 333\t\t# x\nb = 22 # y\n");
    }

    @Test
    void columnsCountVisibleCharacters() {
        HclFile file = file("a = \"e\u0301😀\" # x\nb = 1    # y\n");
        assertThat(text(file.replace(A, NumberLiteral.of(1)))).isEqualTo("a = 1 # x\nb = 1 # y\n");
    }

    private static void forEachRun(Consumer<HclFile> check) {
        for (int first = 0; first < 6; first++) {
            for (int second = 0; second < 6; second++) {
                for (String values : new String[] {"1,1", "10,1", "1,100"}) {
                    String[] value = values.split(",");
                    String a = "a = " + value[0] + " ".repeat(first) + "# x\n";
                    check.accept(file(a + "b = " + value[1] + " ".repeat(second) + "// y"));
                }
            }
        }
    }

    private static boolean isAligned(HclFile file) {
        String[] lines = text(file).split("\n");
        int widest = Math.max(
                lines[0].replaceAll(" *# x", "").length(),
                lines[1].replaceAll(" *// y", "").length());
        return lines[0].indexOf('#') == widest + 1 && lines[1].indexOf('/') == widest + 1;
    }

    private static HclFile file(String hcl) {
        return HclFile.parse("t", hcl.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(HclFile file) {
        return new String(file.bytes(), StandardCharsets.UTF_8);
    }
}
