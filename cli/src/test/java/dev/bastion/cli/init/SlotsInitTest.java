package dev.bastion.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.app.config.LedgerFile;
import dev.bastion.apply.ChangedEnvironments;
import dev.bastion.apply.source.LayoutSource;
import dev.bastion.layout.Layout;
import dev.bastion.layout.NameProblems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bastion init} for environments that several people have at once. */
class SlotsInitTest {
    private static final String UNITS = "environments/{name}/bastion/terragrunt.hcl";

    @TempDir
    private Path folder;

    private InitWorld world;

    @BeforeEach
    void start() {
        world = new InitWorld(folder);
    }

    private Layout layout() {
        return new LedgerFile().read(Optional.of(world.bytes("ledger.yaml")), "environments");
    }

    /** What service, policy and CI say of the new ledger: every slot has its file, and nothing is wrong with any. */
    private void assertWhole(String... environments) {
        List<EnvironmentName> all =
                Stream.of(environments).map(EnvironmentName::new).toList();
        Layout layout = layout();
        assertThat(world.files().keySet().stream().flatMap(path -> layout.environmentAt(path).stream()))
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(NameProblems.slotsWithoutFile(layout, all)).isEmpty();
        assertThat(world.policy("check")).as(world.errors()).isZero();
        assertThat(world.errors()).isEmpty();
        assertThat(world.policy("test", "--all"))
                .as(world.out() + world.errors())
                .isZero();
        world.commit();
        ChangedEnvironments.Changes changes = new ChangedEnvironments(
                        folder,
                        Map.of("PATH", System.getenv("PATH")),
                        new LayoutSource(new LedgerFile(), "environments"))
                .in("HEAD");
        assertThat(changes.environments()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(changes.notes()).isEmpty();
    }

    @Test
    void eachSlotHasItsFileAndItsResources() {
        int code = world.init("--layout", UNITS, "--slots", "dev=3", "--environment", "dev", "--environment", "prod");
        assertThat(code).as(world.errors()).isZero();
        assertThat(world.text("ledger.yaml")).contains("""
                          - path: "environments/{name}/bastion/terragrunt.hcl"
                          - path: "environments/{name}/slots/{slot}/bastion/terragrunt.hcl"
                        """, "\nslots: {dev: 3}\n");
        assertThat(world.text("environments/dev/bastion/terragrunt.hcl")).contains("\"dev\"");
        assertThat(world.text("environments/dev/slots/3/bastion/terragrunt.hcl"))
                .containsPattern("environment += \"dev-3\"");
        assertThat(world.text("environments/access-policy.yaml"))
                .contains("  dev: {}\n")
                .doesNotContain("dev#2");
        assertWhole("dev", "dev#2", "dev#3", "prod");
    }

    @Test
    void rootModulesOfSlotsHaveAStateEach() {
        int code = world.init("--layout", "roots/{name}/bastion.auto.tfvars", "--slots", "team/qa=2");
        assertThat(code).as(world.errors()).isZero();
        assertThat(world.text("roots/team/qa/main.tf"))
                .contains("key          = \"team/qa/bastion/terraform.tfstate\"");
        assertThat(world.text("roots/team/qa/slots/2/main.tf"))
                .contains(
                        "key          = \"team/qa/slots/2/bastion/terraform.tfstate\"",
                        "environment   = \"team-qa-2\"");
        assertWhole("team/qa", "team/qa#2");
    }

    @Test
    void aLayoutWithThePlaceOfTheSlotIsTakenAsItIs() {
        int code = world.init("--layout", "live/{name}/{slot}/bastion/terragrunt.hcl", "--slots", "dev=2,qa=2");
        assertThat(code).as(world.errors()).isZero();
        assertThat(layout().environments()).hasSize(1);
        assertThat(world.text("live/dev/1/bastion/terragrunt.hcl")).contains("\"dev\"");
        assertWhole("dev", "dev#2", "qa", "qa#2");
    }

    @Test
    void anEnvironmentThatIsThereKeepsItsFileAndGetsTheOtherSlotsBesideIt() {
        assertThat(world.init("--layout", "a/{name}/bastion/terragrunt.hcl", "--environment", "prod"))
                .isZero();
        assertThat(world.init("--layout", "b/{name}/bastion/terragrunt.hcl", "--environment", "Dev"))
                .isZero();
        world.git("rm", "--quiet", "--force", "--ignore-unmatch", "ledger.yaml");
        folder.resolve("ledger.yaml").toFile().delete();
        String before = world.text("b/Dev/bastion/terragrunt.hcl");
        assertThat(world.init("--slots", "dev=2")).as(world.errors()).isZero();
        assertThat(world.text("b/Dev/bastion/terragrunt.hcl")).isEqualTo(before);
        assertThat(world.text("b/Dev/slots/2/bastion/terragrunt.hcl")).containsPattern("environment += \"dev-2\"");
        assertThat(layout().environmentAt("b/Dev/slots/2/bastion/terragrunt.hcl"))
                .contains(new EnvironmentName("Dev#2"));
        assertThat(layout().environments()).hasSize(3);
    }

    @Test
    void aLedgerThatIsThereIsToldWhichPatternItLacks() {
        assertThat(world.init("--layout", UNITS, "--environment", "dev")).isZero();
        assertThat(world.init("--layout", UNITS, "--slots", "dev=2")).isZero();
        assertThat(world.errors())
                .contains("warning: ledger.yaml has no pattern for the slots. Add `- path:"
                        + " \"environments/{name}/slots/{slot}/bastion/terragrunt.hcl\"` to its environments.");
        assertThat(world.out()).contains("+slots: {dev: 2}");
        assertThat(world.files()).containsKey("environments/dev/slots/2/bastion/terragrunt.hcl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "dev=0", "dev=21", "dev=x", "=3", "dev#2=3", "..=2"})
    void whatIsNoNumberOfSlotsIsNamed(String slots) {
        assertThat(world.init("--layout", UNITS, "--slots", slots)).isEqualTo(2);
        assertThat(world.errors()).contains("--slots: \"" + slots + "\" is not a valid slots", "like dev=3");
        assertThat(world.files()).isEmpty();
    }

    @Test
    void aLayoutWithThePlaceOfASlotNeedsTheirNumber() {
        assertThat(world.init("--layout", "live/{name}/{slot}/bastion/terragrunt.hcl"))
                .isEqualTo(2);
        assertThat(world.errors()).contains("has {slot}; add --slots, like --slots dev=3");
    }

    @Test
    void environmentsWithNumbersAreNamedAsPossibleSlots() {
        String[] names = {"dev-1", "dev-2", "qa/1", "qa/2", "qa/3", "prod-1", "v2"};
        List<String> flags = new ArrayList<>(List.of("--layout", UNITS));
        Stream.of(names).forEach(name -> flags.addAll(List.of("--environment", name)));
        assertThat(world.init(flags.toArray(String[]::new))).as(world.errors()).isZero();
        assertThat(world.errors().lines().filter(line -> line.startsWith("note: ")))
                .containsExactly(
                        "note: dev-1, dev-2 may be slots of one environment, for one person each (docs/install.md,"
                                + " \"Several people at once\").",
                        "note: qa/1, qa/2, qa/3 may be slots of one environment, for one person each (docs/install.md,"
                                + " \"Several people at once\").");
    }
}
