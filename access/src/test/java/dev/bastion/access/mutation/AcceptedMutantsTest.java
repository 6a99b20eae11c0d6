package dev.bastion.access.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.mutation.Mutant.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedMutantsTest {
    private static final AcceptedMutants NONE = AcceptedMutants.parse(List.of("# a comment", ""));
    private static final String ENTRY = "a.B.c | Math | return a || b + 1; | no caller reads it";
    private static final AcceptedMutants ONE = AcceptedMutants.parse(List.of(ENTRY));

    private static Mutant mutant(Status status) {
        return mutant("Math", "return a || b + 1;", status);
    }

    private static Mutant mutant(String mutator, String text, Status status) {
        return new Mutant("a.B.c", mutator, text, 7, "replaced a with b", status);
    }

    @Test
    void aSurvivorThatNoEntryNamesIsAProblem() {
        assertThat(NONE.problems(List.of(mutant(Status.KILLED), mutant(Status.SURVIVED))))
                .containsExactly("No test notices 'replaced a with b' in line 7, a.B.c | Math | return a || b + 1;."
                        + " Test the rule, or simplify the code.");
        assertThat(NONE.problems(List.of(mutant(Status.KILLED), mutant(Status.TIMED_OUT))))
                .isEmpty();
    }

    @Test
    void anEntryAcceptsOneSurvivorWhateverItsLine() {
        assertThat(ONE.problems(List.of(mutant(Status.SURVIVED), mutant(Status.KILLED))))
                .isEmpty();
        assertThat(ONE.problems(List.of(mutant(Status.SURVIVED), mutant(Status.SURVIVED))))
                .hasSize(1);
        assertThat(AcceptedMutants.parse(List.of(ENTRY, ENTRY))
                        .problems(List.of(mutant(Status.SURVIVED), mutant(Status.SURVIVED))))
                .isEmpty();
    }

    @Test
    void anEntryWithoutASurvivorIsAProblem() {
        assertThat(ONE.problems(List.of(mutant(Status.KILLED))))
                .containsExactly("accepted.txt names a mutant that no longer survives:"
                        + " a.B.c | Math | return a || b + 1;. Remove the line.");
        assertThat(ONE.problems(List.of(mutant("Math", "return a;", Status.SURVIVED))))
                .hasSize(2);
        assertThat(ONE.problems(List.of(mutant(Status.TIMED_OUT))))
                .as("on a busy machine")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return state instanceof Open(Grant grant)",
                "case EnvironmentState.Unclear(var environment, var problem, var _, var _) ->",
                "|| (x instanceof Box<?>(var y) && y.isEmpty())",
            })
    void ofARecordPatternOneIsTheCompilers(String text) {
        Mutant survivor = mutant("RemoveConditional_EQUAL_IF", text, Status.SURVIVED);
        assertThat(NONE.problems(List.of(survivor))).isEmpty();
        assertThat(NONE.problems(List.of(survivor, survivor))).hasSize(1);
        assertThat(NONE.problems(List.of(mutant("RemoveConditional_EQUAL_ELSE", text, Status.SURVIVED))))
                .hasSize(1);
    }

    @Test
    void ofAlternativesEachIsTheCompilers() {
        Mutant survivor = mutant(
                "RemoveConditional_EQUAL_IF", "case Lapsed _, State.Denied _, Refused _ -> true;", Status.SURVIVED);
        assertThat(NONE.problems(List.of(survivor, survivor, survivor))).isEmpty();
        assertThat(NONE.problems(List.of(survivor, survivor, survivor, survivor)))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return state instanceof Open;",
                "case Open _ -> a && b;",
                "if (open(grant))",
                "case OPEN -> grant(a);"
            })
    void aMutantOfAnotherConditionIsNot(String text) {
        assertThat(NONE.problems(List.of(mutant("RemoveConditional_EQUAL_IF", text, Status.SURVIVED))))
                .hasSize(1);
    }

    @Test
    void nothingTriedIsAProblem() {
        assertThat(NONE.problems(List.of())).hasSize(1);
        assertThat(NONE.problems(List.of(mutant(Status.FAILED)))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.B.c | Math | return 1;", "a.B.c | Math | return 1; | ", "a.B.c", "a | b | c | d | e"})
    void anEntryHasAReason(String line) {
        assertThatThrownBy(() -> AcceptedMutants.parse(List.of(line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("class.method | mutator | source line | reason");
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void theReportIsReadWithItsSource(Status status, @TempDir Path directory) throws IOException {
        String name = status == Status.FAILED ? "RUN_ERROR" : status.name();
        Files.createDirectories(directory.resolve("a"));
        Files.writeString(directory.resolve("a/B.java"), "package a;\n\n    return x;\n");
        Path report = Files.writeString(directory.resolve("mutations.xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <mutations partial="true">
                <mutation detected='false' status='%s' numberOfTestsRun='1'><sourceFile>B.java</sourceFile>\
                <mutatedClass>a.B$C</mutatedClass><mutatedMethod>lambda$of$12</mutatedMethod>\
                <methodDescription>()V</methodDescription><lineNumber>3</lineNumber>\
                <mutator>org.pitest.mutationtest.engine.gregor.mutators.MathMutator</mutator>\
                <description>replaced &amp; changed</description></mutation>
                </mutations>
                """.formatted(name));
        assertThat(MutationReport.read(report, directory))
                .containsExactly(new Mutant("a.B$C.of", "Math", "return x;", 3, "replaced & changed", status));
    }
}
