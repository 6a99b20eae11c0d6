package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.layout.RepositoryTree.Entry;
import dev.bastion.layout.RepositoryTree.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The directories and files around an environment's file, each deviation with its words, and the limits. */
class ShapeOfTreeTest {
    private static final String DIRECTORY = "environments/prod/bastion";
    private static final String FILE = DIRECTORY + "/terragrunt.hcl";
    private static final String UNIT = """
            include "root" {
              path = find_in_parent_folders("root.hcl")
            }
            terraform {
              source = "${get_repo_root()}/terraform-modules//bastion"
            }
            """;
    private static final String TEXT = UNIT + "inputs = {\n  deploy_bastion = 0\n}\n";

    private final FakeTree tree = new FakeTree()
            .file("environments/root.hcl", "")
            .file("README.md", "")
            .file(FILE, TEXT);

    private static List<String> problems(RepositoryTree tree, String root, String directory) {
        return new CanonicalShape(root, List.of(Layout.STANDARD_MODULE), InputValues.COMPUTED)
                .problems(tree, directory).stream().map(ShapeProblem::sentence).toList();
    }

    private List<String> problems() {
        return problems(tree, "environments", DIRECTORY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other/prod/bastion", "environments", "environments-x/prod/bastion"})
    void anEnvironmentIsBelowTheRoot(String directory) {
        tree.file(directory + "/terragrunt.hcl", TEXT);
        assertThat(problems(tree, "environments", directory))
                .containsExactly(directory + ": it is not below the directory of root.hcl. Move it there.");
    }

    @Test
    void theRootMayBeTheRepositorys() {
        FakeTree other = new FakeTree()
                .file("root.hcl", "")
                .file("link", Kind.SYMLINK, "")
                .file("prod/bastion/terragrunt.hcl", TEXT);
        assertThat(problems(other, "", "prod/bastion")).isEmpty();
        assertThat(problems(other, "", ""))
                .containsExactly(": it is not below the directory of root.hcl. Move it there.");
        other.file("prod/link", Kind.SUBMODULE, "").file("Root.hcl", "");
        assertThat(problems(other, "", "prod/bastion"))
                .containsExactly(
                        "Root.hcl: some file systems take its name for `root.hcl`. Rename or remove it.",
                        "prod/link: it is a submodule on the way to the environment. Remove it.");
        other.without("prod/link").without("Root.hcl").without("root.hcl").file("prod/root.hcl", "");
        assertThat(problems(other, "", "prod/bastion"))
                .containsExactly(
                        "prod/root.hcl: it would take the place of root.hcl. Remove it.",
                        "root.hcl: it is no regular file. Put the configuration of the state there.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "environments/link | SYMLINK | environments/link: it is a symbolic link on the way to the environment",
                "environments/prod/link | SYMLINK | "
                        + "environments/prod/link: it is a symbolic link on the way to the environment",
                "environments/prod/m | SUBMODULE | environments/prod/m: it is a submodule on the way to the environment",
                "environments/Prod | REGULAR | environments/Prod: some file systems take its name for `prod`",
                "Environments | REGULAR | Environments: some file systems take its name for `environments`",
                "environments/ROOT.hcl | REGULAR | environments/ROOT.hcl: some file systems take its name for `root.hcl`",
                "environments/prod/root.hcl | EXECUTABLE | "
                        + "environments/prod/root.hcl: it would take the place of environments/root.hcl",
            })
    void whatTakesAPlaceOnTheWayIsNamed(String path, Kind kind, String sentence) {
        tree.file(path, kind, "");
        assertThat(problems()).singleElement().asString().startsWith(sentence + ". R");
    }

    @ParameterizedTest
    @CsvSource({
        "link, SYMLINK",
        "module, SUBMODULE",
        "root.hcl, REGULAR",
        "Root.hcl, REGULAR",
        "environments/x, REGULAR"
    })
    void whatIsNotOnTheWayDoesNotMatter(String path, Kind kind) {
        tree.file(path, kind, "");
        assertThat(problems()).isEmpty();
    }

    @Test
    void aLinkAboveTheRootDoesNotMatter() {
        FakeTree other = new FakeTree()
                .file("live/eu/root.hcl", "")
                .file("live/link", Kind.SYMLINK, "")
                .file("live/eu/prod/bastion/terragrunt.hcl", TEXT);
        assertThat(problems(other, "live/eu", "live/eu/prod/bastion")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "DIRECTORY")
    void everyStepIsADirectory(Kind kind) {
        FakeTree other = new FakeTree().file("environments", kind, "");
        assertThat(problems(other, "environments", DIRECTORY))
                .first()
                .asString()
                .isEqualTo("environments: it is " + SimilarNames.kind(kind)
                        + " on the way to the environment. Remove it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXECUTABLE", "DIRECTORY"})
    void theRootFileIsARegularOne(Kind kind) {
        tree.without("environments/root.hcl");
        tree.file(kind == Kind.DIRECTORY ? "environments/root.hcl/x" : "environments/root.hcl", kind, "");
        assertThat(problems())
                .containsExactly(
                        "environments/root.hcl: it is no regular file. Put the configuration of the state there.");
    }

    @Test
    void theFilesOfTheEnvironmentAreNamedWithTheRemedy() {
        tree.file(FILE, Kind.EXECUTABLE, "not read");
        tree.file(DIRECTORY + "/a.md", Kind.SYMLINK, "").file(DIRECTORY + "/main.tf", "");
        assertThat(problems())
                .containsExactly(
                        DIRECTORY + "/a.md: it is a symbolic link. Replace it by a regular file.",
                        DIRECTORY + "/main.tf: only terragrunt.hcl, .terraform.lock.hcl and Markdown may be here."
                                + " Remove it.",
                        FILE + ": it is executable. Run `git update-index --chmod=-x` on it and commit.");
    }

    @Test
    void anEnvironmentWithoutItsFileHasThisProblemAlone() {
        tree.without(FILE).file(DIRECTORY + "/README.md", "");
        assertThat(problems()).containsExactly(FILE + ": it does not exist. Restore it.");
    }

    @Test
    void anEnvironmentHasAtMostTwentyFiles() {
        IntStream.rangeClosed(1, 19).forEach(number -> tree.file(DIRECTORY + "/" + number + ".md", ""));
        assertThat(problems()).isEmpty();
        tree.file(DIRECTORY + "/20.md", "");
        assertThat(problems())
                .containsExactly(DIRECTORY + ": it has more than 20 files. Keep nothing but terragrunt.hcl there.");
    }

    @Test
    void aDirectoryOnTheWayHasAtMostTwentyThousandEntries() {
        assertThat(problems(new WideTree(20_000), "environments", DIRECTORY)).isEmpty();
        assertThat(problems(new WideTree(20_001), "environments", DIRECTORY))
                .containsExactly("environments: it has more than 20000 entries. Move what is no environment away.");
    }

    /** The tree with so many entries in the directory of the environments. */
    private final class WideTree implements RepositoryTree {
        private final List<Entry> entries;

        WideTree(int count) {
            Entry root = new Entry("root.hcl", Kind.REGULAR, "", 0);
            Entry other = new Entry("x", Kind.DIRECTORY, "", 0);
            this.entries = IntStream.range(0, count)
                    .mapToObj(number -> number == 0 ? root : other)
                    .toList();
        }

        @Override
        public List<Entry> list(String directory, int limit) {
            return directory.equals("environments")
                    ? entries.stream().limit(limit).toList()
                    : tree.list(directory, limit);
        }

        @Override
        public Optional<byte[]> read(String path, int limit) {
            return tree.read(path, limit);
        }
    }

    private void unit(String name, String... dependencies) {
        tree.file("environments/" + name + "/terragrunt.hcl", UNIT + dependencies("..", dependencies));
    }

    private static String dependencies(String up, String... names) {
        return IntStream.range(0, names.length)
                .mapToObj(number ->
                        "dependency \"d" + number + "\" {\n  config_path = \"" + up + "/" + names[number] + "\"\n}\n")
                .reduce("", String::concat);
    }

    @Test
    void unitsMayDependOnEachOther() {
        tree.file(FILE, TEXT + dependencies("../..", "a", "b"));
        unit("a", "b");
        unit("b", "a");
        assertThat(problems()).isEmpty();
    }

    @Test
    void anEnvironmentDependsOnAtMostNineUnits() {
        String[] names =
                IntStream.rangeClosed(1, 9).mapToObj(number -> "n" + number).toArray(String[]::new);
        tree.file(FILE, TEXT + dependencies("../..", names));
        for (String name : names) {
            unit(name);
        }
        assertThat(problems()).isEmpty();
        unit("n9", "last");
        unit("last");
        assertThat(problems())
                .containsExactly(DIRECTORY + ": it depends on environments/last."
                        + " Depend on at most 9 units below environments.");
    }

    @Test
    void aUnitOutsideOfTheEnvironmentsIsNamed() {
        tree.file(FILE, TEXT + dependencies("../../..", "evil")).file("evil/terragrunt.hcl", UNIT);
        assertThat(problems())
                .containsExactly(DIRECTORY + ": it depends on evil. Depend on at most 9 units below environments.");
    }

    @Test
    void theFirstUnitWithAProblemIsReported() {
        tree.file(FILE, TEXT + dependencies("../..", "a", "b"));
        unit("a");
        unit("b");
        tree.file("environments/a/main.tf", "").file("environments/b/main.tf", "");
        assertThat(problems())
                .containsExactly("environments/a/main.tf: only terragrunt.hcl, .terraform.lock.hcl and Markdown may"
                        + " be here. Remove it.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git::https://example.com/m.git//x",
                "${get_repo_root()}/../x",
                "${get_repo_root()}/environments/m",
                "${get_repo_root()}/environments//m",
                ".//m",
                "../m",
                "/etc",
                "tfr:///x/y/z",
            })
    void theModuleOfAUnitIsInTheRepositoryButNotAmongTheEnvironments(String source) {
        tree.file(FILE, TEXT + dependencies("../..", "a"))
                .file(
                        "environments/a/terragrunt.hcl",
                        UNIT.replace("${get_repo_root()}/terraform-modules//bastion", source));
        assertThat(problems())
                .containsExactly("environments/a/terragrunt.hcl:4: its `source` is not a configured module."
                        + " Write `${get_repo_root()}/terraform-modules//bastion`.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${get_repo_root()}/modules//network",
                "${get_repo_root()}/modules/network",
                "${get_repo_root()}/environments-x/network",
                "../../modules/network",
            })
    void aUnitMayHaveAnyOtherModuleOfTheRepository(String source) {
        tree.file(FILE, TEXT + dependencies("../..", "a"))
                .file(
                        "environments/a/terragrunt.hcl",
                        UNIT.replace("${get_repo_root()}/terraform-modules//bastion", source));
        assertThat(problems()).isEmpty();
    }

    @Test
    void whereTheRepositoryIsTheRootAUnitMayHaveItsModuleAnywhere() {
        FakeTree other = new FakeTree()
                .file("root.hcl", "")
                .file("prod/bastion/terragrunt.hcl", TEXT + dependencies("../..", "a"))
                .file("a/terragrunt.hcl", UNIT.replace("terraform-modules//bastion", "a//m"));
        assertThat(problems(other, "", "prod/bastion")).isEmpty();
    }
}
