package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
}
