package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that {@code root.hcl} reads elsewhere in the repository. */
class ReferencedFilesTest {
    private static final Layout LAYOUT = new Layout(
            "environments",
            List.of(new PathPattern("live/prod/{name}/bastion/terragrunt.hcl")),
            List.of(Layout.STANDARD_MODULE),
            List.of());

    private final FakeTree tree = new FakeTree();

    private ReferencedFiles files(String root) {
        tree.file("live/prod/root.hcl", root);
        return ReferencedFiles.in(tree, LAYOUT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x = read_terragrunt_config(find_in_parent_folders(\"account.hcl\")) | account.hcl",
                "x = read_terragrunt_config(\"${get_repo_root()}/config/region.hcl\") | config/region.hcl",
                "x = yamldecode(file(\"${get_parent_terragrunt_dir()}/../../config/all.yaml\")) | config/all.yaml",
                "x = \"${file(find_in_parent_folders(\"names.txt\"))}\" | config/names.txt",
                "x = file(format(\"%s/config/%s.json\", get_repo_root(), local.name)) | config/prod.json",
                "x = file(join(\"/\", [get_repo_root(), \"config\", \"x.csv\"])) | config/x.csv",
                "x = yamldecode(file(\"${get_repo_root()}/config/${local.name}.yaml\")) | config/prod.yaml",
                "x = yamldecode(file(\"${get_repo_root()}/config/${local.name}\")) | config/anything/below.bin",
                "x = file(\"${get_repo_root()}/Config/LICENCE\") | config/licence",
                "terraform { source = \"${get_repo_root()}/infra//vpc\" } | infra/vpc/main.tf",
                "x = run_cmd(\"${get_repo_root()}/scripts/key.sh\") | scripts/key.sh",
                "x = fileset(\"config\", \"*.yaml\") | config/x.yaml",
                "generate x { contents = <<EOF ${file(\"../../config/p.tpl\")} EOF } | config/p.tpl",
                "x = templatefile(\"${get_repo_root()}//templates/p.tftpl\", {}) | templates/p.tftpl",
                "x = sops_decrypt_file(\"../../secrets/${local.x}/db.enc\") | secrets/prod/db.enc",
            })
    void whatTheRootNamesIsRead(String root, String path) {
        assertThat(files("region = \"eu\"").mayRead(path)).isFalse();
        assertThat(files(root).mayRead(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/page.md", "web/index.html", "config/other.yaml", "account.hcl.md"})
    void whatItDoesNotNameIsNot(String path) {
        String root = """
                x = read_terragrunt_config(find_in_parent_folders("account.hcl"))
                y = yamldecode(file("${get_repo_root()}/config/all.yaml"))
                z = "${local.a}/${local.b}"
                """;
        assertThat(files(root).mayRead(path)).isFalse();
    }

    @Test
    void referencesAreFollowed() {
        tree.file("config/common.hcl", "x = read_terragrunt_config(\"more/deep.hcl\")")
                .file("config/more/deep.hcl", "y = file(\"../last.bin\")");
        assertThat(files("x = read_terragrunt_config(\"${get_repo_root()}/config/common.hcl\")")
                        .mayRead("config/last.bin"))
                .isTrue();
    }

    @Test
    void whatAFileBetweenAnEnvironmentAndTheRootNamesIsRead() {
        tree.file("live/prod/eu/region.hcl", "x = jsondecode(file(\"${get_repo_root()}/data/eu.json\"))");
        tree.file("live/account.hcl", "x = jsondecode(file(\"${get_repo_root()}/data/account.json\"))");
        assertThat(files("").mayRead("data/eu.json")).isTrue();
        assertThat(files("").mayRead("data/account.json")).isTrue();
        assertThat(files("").mayRead("data/other.json")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = file(local.path)",
                "x = read_terragrunt_config(  join(\"/\", local.parts))",
                "x = filebase64(var.x)",
            })
    void whereAPathIsComputedEveryCodeAndDataFileMayBeMeant(String root) {
        assertThat(files(root).mayRead("anywhere/x.json")).isTrue();
        assertThat(files(root).mayRead("anywhere/x.tf")).isTrue();
        assertThat(files(root).mayRead("anywhere/x.html")).isFalse();
    }

    @Test
    void moreFilesThanAreReadMayNameAnything() {
        for (int i = 0; i < 600; i++) {
            tree.file("live/prod/" + i + ".hcl", "");
        }
        assertThat(files("").mayRead("anywhere/x.json")).isTrue();
        assertThat(ReferencedFiles.in(new FakeTree().file("live/prod/big.hcl", "x".repeat(300_000)), LAYOUT)
                        .mayRead("x.json"))
                .isTrue();
    }

    private static void isAny(boolean expected, FakeTree tree) {
        assertThat(ReferencedFiles.in(tree, LAYOUT).mayRead("anywhere/x.json")).isEqualTo(expected);
    }

    private static FakeTree files(String prefix, int count, String suffix, String text) {
        FakeTree tree = new FakeTree();
        for (int i = 0; i < count; i++) {
            tree.file(prefix + i + suffix, text);
        }
        return tree;
    }

    @Test
    void theBudgetsAreExact() {
        isAny(false, files("live/prod/", 500, ".hcl", ""));
        isAny(true, files("live/prod/", 501, ".hcl", ""));
        // "live" and "prod" are two entries more
        isAny(false, files("live/prod/", 19_998, ".txt", ""));
        isAny(true, files("live/prod/", 19_999, ".txt", ""));
        String names =
                IntStream.range(10_000, 30_000).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        isAny(false, new FakeTree().file("live/prod/root.hcl", names));
        isAny(true, new FakeTree().file("live/prod/root.hcl", names + " more"));
        isAny(true, new FakeTree().file("live/prod/root.hcl", "{".repeat(101)));
    }

    @Test
    void directoriesBelowAreReadToADepth() {
        String computed = "x = file(local.path)";
        isAny(false, new FakeTree().file("live/prod/" + "d/".repeat(12) + "x.txt", ""));
        isAny(true, new FakeTree().file("live/prod/" + "d/".repeat(12) + "x.hcl", computed));
        isAny(true, new FakeTree().file("live/prod/" + "d/".repeat(13) + "x.txt", ""));
        isAny(true, new FakeTree().file("live/x.hcl", computed));
        isAny(false, new FakeTree().file("live/other/x.hcl", computed));
        isAny(false, new FakeTree().file("live/x.hcl/readme.txt", computed));
    }

    @Test
    void onlyCodeThatIsNoEnvironmentIsRead() {
        String computed = "x = file(local.path)";
        isAny(false, new FakeTree().file("live/prod/notes.txt", computed));
        isAny(false, new FakeTree().file("live/prod/orders/bastion/terragrunt.hcl", computed));
        isAny(true, new FakeTree().file("live/prod/orders/bastion/more.hcl", computed));
        isAny(
                false,
                new FakeTree()
                        .file("names.txt", computed)
                        .file("live/prod/root.hcl", "x = file(find_in_parent_folders(\"names.txt\"))"));
    }

    @Test
    void aDirectoryThatIsNamedIsRead() {
        String computed = "x = file(local.path)";
        isAny(
                true,
                new FakeTree()
                        .file("infra/vpc/main.tf", computed)
                        .file("live/prod/root.hcl", "x = \"${get_repo_root()}/infra//vpc\""));
        isAny(true, new FakeTree().file("vpc/main.tf", computed).file("live/prod/root.hcl", "source = \"../../vpc\""));
        isAny(false, new FakeTree().file("vpc/main.tf", computed).file("live/prod/root.hcl", "name = \"vpc\""));
        assertThat(files("source = \"../../vpc\"").mayRead("vpc/main.tf")).isTrue();
        assertThat(files("name = \"vpc\"").mayRead("vpc/main.tf")).isFalse();
    }

    @Test
    void theSameNameIsAnotherFileInAnotherDirectory() {
        isAny(
                true,
                new FakeTree()
                        .file("live/prod/root.hcl", "x = \"${get_repo_root()}/config/a.hcl\" y = \"next.hcl\"")
                        .file("live/prod/next.hcl", "")
                        .file("config/a.hcl", "y = \"next.hcl\"")
                        .file("config/next.hcl", "x = file(local.path)"));
    }

    @Test
    void filesThatNameEachOtherAreReadOnce() {
        isAny(
                false,
                new FakeTree().file("live/prod/root.hcl", "x = \"a.hcl\"").file("live/prod/a.hcl", "x = \"root.hcl\""));
    }

    @Test
    void aNameThatIsComputedNamesNoDirectoryOfItsOwn() {
        isAny(
                false,
                new FakeTree()
                        .file("live/prod/root.hcl", "x = \"${get_repo_root()}/config/common.hcl\"")
                        .file("config/common.hcl", "x = \"cc/${local.a}\"")
                        .file("config/other.hcl", "x = file(local.path)"));
    }
}
