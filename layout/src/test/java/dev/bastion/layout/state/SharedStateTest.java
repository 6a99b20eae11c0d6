package dev.bastion.layout.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.layout.FakeTree;
import dev.bastion.layout.Layout;
import dev.bastion.layout.NameTemplate;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.RepositoryTree.Kind;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.account.AccountKey;
import dev.bastion.layout.account.AccountRoles;
import dev.bastion.layout.account.AwsAccount;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.account.Region;
import dev.bastion.layout.slot.SlotCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedStateTest {
    private static final String A = "tf/a/bastion.auto.tfvars";
    private static final String B = "tf/b/bastion.auto.tfvars";
    private static final Layout LAYOUT = new Layout(
            "access",
            List.of(
                    new PathPattern("tf/{name}/bastion.auto.tfvars"),
                    new PathPattern("live/{name}/bastion/terragrunt.hcl"),
                    new PathPattern("more/{name}/bastion/terragrunt.hcl"),
                    new PathPattern("stacks/{name}/terragrunt.stack.hcl")),
            List.of(),
            List.of());

    private final FakeTree tree = new FakeTree();
    private final List<String> files = new ArrayList<>();

    private SharedStateTest environment(String file) {
        files.add(file);
        tree.file(file, "deploy_bastion = 0\n");
        return this;
    }

    private SharedStateTest rootModule(String file, String backend) {
        environment(file);
        tree.file(
                file.substring(0, file.lastIndexOf('/')) + "/main.tf",
                "terraform {\n  backend \"s3\" {\n" + backend + "  }\n}\n");
        return this;
    }

    private SharedStateTest root(String directory, String locals, String config) {
        tree.file(
                (directory.isEmpty() ? "" : directory + "/") + "root.hcl",
                "locals {\n" + locals + "}\nremote_state {\n  backend = \"s3\"\n  config = {\n" + config + "  }\n}\n");
        return this;
    }

    private List<String> shared() {
        return shared(LAYOUT);
    }

    private List<String> shared(Layout layout) {
        return SharedState.in(tree, layout, files.stream()).stream()
                .map(SharedState::problem)
                .map(ShapeProblem::sentence)
                .toList();
    }

    private static String backend(String bucket, String key) {
        return "    bucket = \"" + bucket + "\"\n    key = \"" + key + "\"\n";
    }

    private static AwsAccount account(String key, String id) {
        List<Region> regions = List.of(new Region("eu-west-1"), new Region("us-east-1"));
        return new AwsAccount(new AccountKey(key), id, regions, AccountRoles.NONE, Optional.empty());
    }

    @Test
    void twoRootModulesWithTheSameKeyInTheSameBucket() {
        rootModule(B, "    encrypt = true\n" + backend("states", "bastion"));
        rootModule(A, backend("states", "bastion"));
        assertThat(shared())
                .containsExactly("tf/b/main.tf:5: the state of b is that of a, too (tf/a/main.tf:4):"
                        + " s3://states/bastion. Write another key into one of them.");
        assertThat(SharedState.in(tree, LAYOUT, files.stream()).getFirst().files())
                .containsExactlyInAnyOrder(A, B, "tf/a/main.tf", "tf/b/main.tf");
    }

    @Test
    void eachFurtherOneIsNamedOnce() {
        for (String name : List.of("a", "b", "c")) {
            rootModule("tf/" + name + "/bastion.auto.tfvars", backend("states", "bastion"));
        }
        assertThat(shared())
                .hasSize(2)
                .allSatisfy(sentence -> assertThat(sentence).contains("is that of a, too"));
    }

    @Test
    void anotherBucketOrKeyIsAnotherState() {
        rootModule(A, backend("states", "bastion"));
        rootModule(B, backend("others", "bastion"));
        rootModule("tf/c/bastion.auto.tfvars", backend("states", "c"));
        assertThat(shared()).isEmpty();
    }

    @Test
    void anotherRegionOrEndpointIsAnotherState() {
        String here = backend("states", "bastion") + "    region = \"eu-west-1\"\n";
        rootModule(A, here);
        rootModule(B, backend("states", "bastion") + "    region = \"us-east-1\"\n");
        rootModule("tf/c/bastion.auto.tfvars", here + "    endpoints = { s3 = \"https://one\" }\n");
        rootModule("tf/d/bastion.auto.tfvars", here + "    endpoint = \"https://two\"\n");
        rootModule("tf/e/bastion.auto.tfvars", here + "    endpoints = { s3 = local.store }\n");
        assertThat(shared()).isEmpty();
    }

    @Test
    void theSameEndpointIsTheSameState() {
        String there = backend("states", "bastion") + "    endpoints = { s3 = \"https://one\" }\n";
        assertThat(rootModule(A, there).rootModule(B, there).shared()).hasSize(1);
    }

    @Test
    void aRegionThatOnlyOneOfThemSaysTellsThemNotApart() {
        rootModule(A, backend("states", "bastion"));
        rootModule(B, backend("states", "bastion") + "    region = \"us-east-1\"\n");
        assertThat(shared()).hasSize(1);
    }

    /** The names of buckets are unique in all accounts. */
    @Test
    void environmentsOfTwoAccountsShareAStateAsWell() {
        AwsAccounts two = new AwsAccounts(List.of(account("dev", "111111111111"), account("prod", "222222222222")));
        Layout accounts = new Layout(
                "access",
                List.of(new PathPattern(
                        "live/{account}/{region}/{name}/bastion.auto.tfvars",
                        new NameTemplate("{account}/{name}"),
                        two)),
                List.of(),
                List.of());
        rootModule("live/dev/eu-west-1/orders/bastion.auto.tfvars", backend("states", "orders"));
        rootModule("live/prod/us-east-1/orders/bastion.auto.tfvars", backend("states", "orders"));
        assertThat(shared(accounts)).hasSize(1);
    }

    @Test
    void aSlotThatWasCopiedWithItsBackendSharesTheState() {
        Layout slots = new Layout(
                "access",
                List.of(new PathPattern("tf/{name}/{slot}/bastion.auto.tfvars")
                        .with(new SlotCounts(new TreeMap<>(Map.of(new EnvironmentName("dev"), 3))))),
                List.of(),
                List.of());
        rootModule("tf/dev/1/bastion.auto.tfvars", backend("states", "dev-1"));
        rootModule("tf/dev/2/bastion.auto.tfvars", backend("states", "dev-1"));
        rootModule("tf/dev/3/bastion.auto.tfvars", backend("states", "dev-3"));
        assertThat(shared(slots))
                .containsExactly("tf/dev/2/main.tf:4: the state of dev#2 is that of dev, too (tf/dev/1/main.tf:4):"
                        + " s3://states/dev-1. Write another key into one of them.");
    }

    @Test
    void aBackendMayBeInAnyFileAndNameLocals() {
        environment(A).environment(B);
        for (String directory : List.of("tf/a", "tf/b")) {
            tree.file(directory + "/backend.tf", """
                terraform {
                  backend "s3" {
                    bucket = local.bucket
                    key    = "${local.team}/x"
                  }
                }
                """);
            tree.file(directory + "/versions.tf", "terraform {\n  required_version = \"1.12\"\n}\n");
            tree.file(directory + "/locals.tf", "locals {\n  bucket = \"states\"\n  team = \"orders\"\n}\n");
            tree.file(directory + "/notes.txt", "locals {\n  team = \"" + directory + "\"\n}\n");
        }
        assertThat(shared())
                .containsExactly("tf/b/backend.tf:4: the state of b is that of a, too (tf/a/backend.tf:4):"
                        + " s3://states/orders/x. Write another key into one of them.");
    }

    /** Terraform reads neither files of Terragrunt nor a backend where there is none. */
    @Test
    void onlyTheCodeThatSaysTheBackendCounts() {
        rootModule(A, backend("states", "x")).rootModule(B, backend("states", "x"));
        for (String directory : List.of("tf/a", "tf/b")) {
            for (String name : List.of("0.tf", "a.tf", "n.tf", "zz.tf")) {
                tree.file(directory + "/" + name, "terraform {\n  required_version = \"1.12\"\n}\n");
            }
            String own = backend("states", directory);
            tree.file(directory + "/root.hcl", "terraform {\n  backend \"s3\" {\n" + own + "  }\n}\n");
        }
        assertThat(shared()).hasSize(1);
        rootModule("tf/c/bastion.auto.tfvars", "    bucket = \"states\"\n    key = local.key\n")
                .rootModule("tf/d/bastion.auto.tfvars", "    bucket = \"states\"\n    key = local.key\n");
        tree.file("tf/c/root.hcl", "locals {\n  key = \"y\"\n}\n")
                .file("tf/d/root.hcl", "locals {\n  key = \"y\"\n}\n");
        assertThat(shared()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "var.key",
                "local.missing",
                "local.round",
                "\"${local.missing}/x\"",
                "\"%{ if true }x%{ endif }\"",
                "\"${path_relative_to_include()}\"",
                "path_relative_to_include()",
                "17"
            })
    void whatOnlyAnEvaluationTellsIsNotKnown(String key) {
        String backend = "    bucket = \"states\"\n    key = " + key + "\n";
        rootModule(A, backend).rootModule(B, backend);
        tree.file("tf/a/locals.tf", "locals {\n  round = local.round\n  team = \"x\"\n}\n");
        tree.file("tf/b/locals.tf", "locals {\n  round = local.round\n  team = \"x\"\n}\n");
        assertThat(shared()).isEmpty();
    }

    @Test
    void whatIsMissingOrCannotBeReadIsNotKnown() {
        rootModule(A, "    bucket = \"states\"\n").rootModule(B, "    bucket = \"states\"\n");
        environment("tf/c/bastion.auto.tfvars").environment("tf/d/bastion.auto.tfvars");
        tree.file("tf/c/main.tf", "terraform {\n").file("tf/d/main.tf", "terraform {\n");
        String whole = "terraform {\n  backend \"s3\" {\n" + backend("states", "k") + "  }\n}\n";
        environment("tf/e/bastion.auto.tfvars").environment("tf/f/bastion.auto.tfvars");
        tree.file("tf/e/main.tf", Kind.SYMLINK, whole).file("tf/f/main.tf", Kind.SYMLINK, whole);
        environment("live/u/bastion/terragrunt.hcl").environment("live/v/bastion/terragrunt.hcl");
        environment("other/v/bastion/terragrunt.hcl");
        assertThat(shared()).isEmpty();
    }

    @Test
    void unitsHaveTheirPathInTheKeyOfTheirRoot() {
        environment("live/a/bastion/terragrunt.hcl").environment("live/b/bastion/terragrunt.hcl");
        root("live", "", backend("states", "${path_relative_to_include()}/terraform.tfstate"));
        assertThat(shared()).isEmpty();
    }

    @Test
    void unitsOfARootWithOneKeyShareTheirState() {
        environment("live/a/bastion/terragrunt.hcl").environment("live/b/bastion/terragrunt.hcl");
        root("live", "  team = \"orders\"\n", backend("states", "${local.team}/terraform.tfstate"));
        assertThat(shared())
                .containsExactly("live/root.hcl:8: the state of b is that of a, too (live/root.hcl:8):"
                        + " s3://states/orders/terraform.tfstate. Write the path into the key, like"
                        + " `${path_relative_to_include()}/terraform.tfstate`.");
    }

    @Test
    void unitsOfTwoRootsWithTheSamePathBelowThemShareTheirState() {
        environment("live/a/bastion/terragrunt.hcl").environment("more/A/bastion/terragrunt.hcl");
        environment("more/a/bastion/terragrunt.hcl");
        String key = backend("states", "${ path_relative_to_include() }/terraform.tfstate");
        root("live", "", key).root("more", "", key);
        assertThat(shared())
                .containsExactly("more/root.hcl:7: the state of a is that of a, too (live/root.hcl:7):"
                        + " s3://states/a/bastion/terraform.tfstate. Write another key into one of them.");
        root("more", "  bucket = \"others\"\n", key.replace("\"states\"", "local.bucket"));
        assertThat(shared()).isEmpty();
    }

    @Test
    void theRepositorysOwnRootHasTheWholePath() {
        environment("live/a/bastion/terragrunt.hcl");
        rootModule(A, backend("states", "live/a/bastion/x"));
        root("", "", backend("states", "${path_relative_to_include()}/x"));
        assertThat(shared()).hasSize(1);
    }

    @Test
    void aRootOfAnotherBackendIsNotKnown() {
        environment("live/a/bastion/terragrunt.hcl").environment("live/b/bastion/terragrunt.hcl");
        root("live", "", backend("states", "k"));
        assertThat(shared()).hasSize(1);
        tree.file(
                "live/root.hcl",
                "remote_state {\n  backend = \"gcs\"\n  config = {\n" + backend("states", "k") + "  }\n}\n");
        assertThat(shared()).isEmpty();
    }

    @Test
    void theUnitOfAStackIsWhereItIsGenerated() {
        for (String name : List.of("a", "b")) {
            files.add("stacks/" + name + "/terragrunt.stack.hcl");
            tree.file(
                    "stacks/" + name + "/terragrunt.stack.hcl",
                    "unit \"bastion\" {\n  path = \"main\"\n  values = {\n    deploy_bastion = 0\n  }\n}\n");
        }
        root("stacks", "", backend("states", "${path_relative_to_include()}/x"));
        rootModule(A, backend("states", "b/.terragrunt-stack/main/x"));
        assertThat(shared())
                .containsExactly("tf/a/main.tf:4: the state of a is that of b, too (stacks/root.hcl:7):"
                        + " s3://states/b/.terragrunt-stack/main/x. Write another key into one of them.");
        root("stacks", "", backend("states", "x"));
        assertThat(shared()).hasSize(1);
        tree.file(
                "stacks/a/terragrunt.stack.hcl",
                "unit \"bastion\" {\n  path = local.x\n  values = {\n    deploy_bastion = 0\n  }\n}\n");
        assertThat(shared()).isEmpty();
    }

    @Test
    void noMoreThanTheMostAreCompared() {
        IntStream.rangeClosed(1, SharedState.MOST + 1)
                .forEach(number -> environment("live/x%05d/bastion/terragrunt.hcl".formatted(number)));
        root("live", "", backend("states", "k"));
        assertThat(shared()).hasSize(SharedState.MOST - 1);
    }

    private List<SharedState> causedBy(String... changed) {
        return SharedState.causedBy(List.of(changed), tree, LAYOUT, files.stream());
    }

    @Test
    void aChangeCausesWhatItsFilesSay() {
        rootModule(A, backend("states", "k")).rootModule(B, backend("states", "k"));
        environment("live/a/bastion/terragrunt.hcl").environment("live/b/bastion/terragrunt.hcl");
        root("live", "", backend("states", "k"));
        assertThat(causedBy("tf/a/variables.tf")).hasSize(1);
        assertThat(causedBy(B)).hasSize(1);
        assertThat(causedBy("live/root.hcl")).hasSize(3);
        assertThat(causedBy("live/b/bastion/terragrunt.hcl")).hasSize(1);
        assertThat(causedBy("tf/b/README.md", "tf/x/main.tf", "live/a/root.hcl", "other/root.hcl"))
                .isEmpty();
        assertThat(causedBy()).isEmpty();
    }

    @Test
    void aChangeOfOtherFilesComparesNothing() {
        Stream<String> unread = Stream.of(A).peek(file -> {
            throw new AssertionError(file + " was looked at");
        });
        assertThat(SharedState.causedBy(List.of("README.md"), tree, LAYOUT, unread))
                .isEmpty();
    }

    @Test
    void anEndpointThatOnlyAnEvaluationTellsIsNotKnown() {
        String computed = backend("states", "bastion") + "    endpoints = { s3 = local.store }\n";
        assertThat(rootModule(A, computed).rootModule(B, computed).shared()).isEmpty();
    }

    @Test
    void whatAFunctionTellsIsNotKnown() {
        environment("live/a/bastion/terragrunt.hcl").environment("more/a/bastion/terragrunt.hcl");
        String key = backend("states", "${get_env(STATE)}/x");
        root("live", "", key).root("more", "", key);
        assertThat(shared()).isEmpty();
    }

    @Test
    void whatIsNoEnvironmentHasNoState() {
        assertThat(SharedState.in(tree, LAYOUT, Stream.of("other/x.hcl"))).isEmpty();
    }
}
