package dev.bastion.layout.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.layout.FakeTree;
import dev.bastion.layout.Layout;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.ShapeProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdentityProblemsTest {
    private static final Layout LAYOUT =
            new Layout("live", List.of(new PathPattern("live/{name}/bastion/terragrunt.hcl")), List.of(), List.of());

    private final FakeTree tree = new FakeTree();
    private final List<String> files = new ArrayList<>();

    private void unit(String name, String environment) {
        String file = "live/" + name + "/bastion/terragrunt.hcl";
        files.add(file);
        tree.file(file, "inputs = {\n  environment = \"" + environment + "\"\n}\n");
    }

    private List<String> problems() {
        return IdentityProblems.in(tree, LAYOUT, files).stream()
                .map(ShapeProblem::file)
                .toList();
    }

    @Test
    void namesComeFirstThenStates() {
        unit("c", "a");
        unit("b", "b");
        unit("a", "b");
        tree.file(
                "live/root.hcl",
                "remote_state {\n  backend = \"s3\"\n  config = {\n    bucket = \"s\"\n    key = \"k\"\n  }\n}\n");
        assertThat(problems())
                .containsExactly(
                        "live/a/bastion/terragrunt.hcl",
                        "live/c/bastion/terragrunt.hcl",
                        "live/root.hcl",
                        "live/root.hcl");
    }

    @Test
    void aFileThatIsNotThereHasNoProblem() {
        files.add("live/a/bastion/terragrunt.hcl");
        assertThat(problems()).isEmpty();
    }

    @Test
    void nothingIsSaidOfThoseBeyondTheMost() {
        IntStream.rangeClosed(1, SharedState.MOST + 1).forEach(number -> unit("x%05d".formatted(number), "other"));
        assertThat(problems()).hasSize(SharedState.MOST);
    }

    @Test
    void theFilesThatDoNotDecideTheNameAreListedInOrder() {
        unit("b", "b");
        for (String name : List.of("c", "a")) {
            String file = "live/" + name + "/bastion/terragrunt.hcl";
            files.add(file);
            tree.file(file, "inputs = {}\n");
        }
        assertThat(IdentityProblems.undecidedNames(tree, LAYOUT, files))
                .containsExactly("live/a/bastion/terragrunt.hcl", "live/c/bastion/terragrunt.hcl");
    }

    @Test
    void ofThoseBeyondTheMostNoNameIsListed() {
        IntStream.rangeClosed(1, SharedState.MOST + 1).forEach(number -> {
            files.add("live/x%05d/bastion/terragrunt.hcl".formatted(number));
            tree.file(files.getLast(), "inputs = {}\n");
        });
        assertThat(IdentityProblems.undecidedNames(tree, LAYOUT, files)).hasSize(SharedState.MOST);
    }
}
