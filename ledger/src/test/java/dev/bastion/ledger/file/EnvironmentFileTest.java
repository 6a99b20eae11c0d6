package dev.bastion.ledger.file;

import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.openFile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.layout.file.AuditPaths;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentFileTest {
    private static final String PATH = "environments/dev/bastion/terragrunt.hcl";

    private static EnvironmentFile file(String text) {
        return new EnvironmentFile(PATH, text.getBytes(StandardCharsets.UTF_8), AuditPaths.OF_A_UNIT);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void stateHasTheHolderAndTheEnd() {
        assertThat(file(closedFile("dev")).state()).isEqualTo(new FileState.Closed());
        assertThat(file(openFile("dev", JOHN, NOON, TWO)).state()).isEqualTo(new FileState.Open(JOHN, NOON, TWO));
    }

    @Test
    void anUnchangedFileIsWrittenAsRead() {
        byte[] opened = file(closedFile("dev")).opened(new FileState.Open(JOHN, NOON, TWO));
        assertThat(text(opened)).isEqualTo(openFile("dev", JOHN, NOON, TWO));
        byte[] extended = file(text(opened)).extendedTo(TWO.plusSeconds(60));
        assertThat(text(extended)).isEqualTo(openFile("dev", JOHN, NOON, TWO.plusSeconds(60)));
        assertThat(text(file(text(extended)).closed())).isEqualTo(closedFile("dev"));
    }

    @Test
    void closingRestoresTheFileExactly() {
        String before = closedFile("dev").replace("created_at            = \"\"", "created_at = \"long ago\" # odd");
        byte[] opened = file(before).opened(new FileState.Open(JOHN, NOON, TWO));
        assertThat(text(file(text(opened)).revertedTo(file(before)))).isEqualTo(before);
    }

    @Test
    void closingKeepsOtherChanges() {
        String open = openFile("dev", JOHN, NOON, TWO).replace("t4g.nano", "t4g.micro");
        assertThat(text(file(open).revertedTo(file(closedFile("dev")))))
                .isEqualTo(closedFile("dev").replace("t4g.nano", "t4g.micro"));
    }

    @Test
    void aFileWithoutAuditVariablesIsNoEnvironment() {
        assertThat(file("inputs = { name = \"x\" }\n").state()).isEqualTo(new FileState.Unrelated());
        assertThat(file("").state()).isEqualTo(new FileState.Unrelated());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploy_bastion        = 1 | deploy_bastion = 2 | 15 | 0",
                "deploy_bastion        = 1 | deploy_bastion = \"1\" | 15 | 0",
                "deploy_bastion        = 1 | deploy_bastion = true | 15 | 0",
                "deploy_bastion        = 1 | deploy_bastion = local.on | 15 | ",
                "\"2026-01-15T14:00:00Z\" | \"tomorrow\" | 19 | 2026-01-15T10:30:00Z",
                "\"2026-01-15T14:00:00Z\" | \"\" | 19 | 2026-01-15T10:30:00Z",
                "\"2026-01-15T14:00:00Z\" | \"${timestamp()}\" | 19 | ",
                "\"2026-01-15T14:00:00Z\" | 7 | 19 | quotes",
                "\"U12345678\" | \"\" | 16 | who has access",
                "\"U12345678\" | \"${run_cmd(`id`)}\" | 16 | ",
                "inputs = { | inputs = mergeall(local.a, { | 9 | ",
            })
    void anInvalidFileIsReportedWithLineAndRemedy(String what, String instead, int line, String remedy) {
        String broken = openFile("dev", JOHN, NOON, TWO).replace(what, instead.replace('`', '"'));
        if (instead.contains("mergeall(")) {
            broken = broken.replaceAll("}\n$", "})\n");
        }
        assertThat(file(broken).state())
                .isInstanceOfSatisfying(
                        FileState.Unclear.class,
                        unclear -> assertThat(unclear.problem())
                                .startsWith(PATH + ":" + line + ":")
                                .containsIgnoringCase(remedy == null ? "" : remedy)
                                .endsWith("."));
    }

    @Test
    void theLastObjectOfAMergeIsOpenedAndRestored() {
        EnvironmentFile before = file(closedFile("dev")
                .replace("inputs = {", "inputs = merge(local.common, {")
                .replaceAll("}\n$", "})\n"));
        FileState.Open access = new FileState.Open(JOHN, NOON, TWO);
        EnvironmentFile open = file(new String(before.opened(access), StandardCharsets.UTF_8));
        assertThat(before.state()).isEqualTo(new FileState.Closed());
        assertThat(open.state()).isEqualTo(access);
        assertThat(open.revertedTo(before)).isEqualTo(before.bytes());
    }

    @Test
    void valuesThatAnotherArgumentOfAMergeMayHaveAreNotTakenForAbsent() {
        assertThat(file("inputs = merge(local.common, { name = \"x\" })\n").state())
                .isInstanceOf(FileState.Unclear.class);
    }

    @Test
    void aMissingVariableIsReported() {
        String broken = closedFile("dev").replaceAll("  expires_at .*\n", "");
        assertThat(file(broken).state())
                .isInstanceOfSatisfying(
                        FileState.Unclear.class,
                        unclear -> assertThat(unclear.problem())
                                .startsWith(PATH + ":")
                                .contains("expires_at"));
    }
}
