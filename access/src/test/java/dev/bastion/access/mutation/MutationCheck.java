package dev.bastion.access.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that {@code tools/mutation-tests.sh} runs after pitest, with the directory of each module. */
public final class MutationCheck {
    private MutationCheck() {}

    public static void main(String[] modules) throws IOException {
        List<String> problems = new ArrayList<>();
        for (String module : modules) {
            problems.addAll(problems(Path.of(module)));
        }
        problems.forEach(System.err::println);
        if (!problems.isEmpty()) {
            System.exit(1);
        }
    }

    private static List<String> problems(Path module) throws IOException {
        List<Mutant> mutants = MutationReport.read(
                module.resolve("target/pit-reports/mutations.xml"), module.resolve("src/main/java"));
        List<String> problems = AcceptedMutants.parse(
                        Files.readAllLines(module.resolve("src/test/mutation/accepted.txt")))
                .problems(mutants);
        System.out.println(module + ": " + mutants.size() + " mutants, " + problems.size() + " problems");
        return problems;
    }
}
