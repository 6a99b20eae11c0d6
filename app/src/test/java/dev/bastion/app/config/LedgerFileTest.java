package dev.bastion.app.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.access.rules.EnvironmentAliases;
import dev.bastion.access.rules.EnvironmentChannels;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.layout.Layout;
import dev.bastion.layout.account.AccountKey;
import dev.bastion.layout.account.AccountRoles;
import dev.bastion.layout.account.AwsAccount;
import dev.bastion.layout.account.Place;
import dev.bastion.layout.account.Region;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.AuditVariable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped {@code ledger.yaml}, which is the manual of its keys. */
class LedgerFileTest {
    private static final Path REPOSITORY = Path.of("..");

    @Test
    void theShippedFileShowsTheValueThatEachKeyHasWhenItIsLeftOut() throws IOException {
        Layout shipped = new LedgerFile().read(Optional.of(bytes("ledger.yaml")), "environments");
        assertThat(shipped).isEqualTo(Layout.standard("environments"));
        assertThat(Files.readString(REPOSITORY.resolve("ledger.yaml")))
                .contains("environments:", "modules:", "ci:", "owners:");
    }

    @Test
    void theOwnersOfTheShippedFileAreThePlatformGroup() throws IOException {
        AccessPolicy policy = new PolicyFiles()
                .read(new PolicyDocuments(
                        Optional.of(bytes("environments/access-policy.yaml")),
                        Optional.of(bytes("environments/people.yaml")),
                        Optional.of(bytes("ledger.yaml"))));
        assertThat(policy.owners().ids()).containsExactly("U23456789");
    }

    @Test
    void theExamplesInItsCommentsAreValid() throws IOException {
        String uncommented = new String(bytes("ledger.yaml"), UTF_8)
                .replaceAll("(?m)^  # (- path: .*|  (?:name|names|values): .*)$", "  $1")
                .replaceAll("(?m)^# ((?:accounts|aliases|channels|slots):.*|  +[a-z_]+:.*)$", "$1");
        Layout layout = read(uncommented);
        assertThat(layout.environmentAt("teams/orders/db-access/terragrunt.hcl"))
                .isPresent();
        assertThat(layout.auditPathsAt("roots/dev/bastion.auto.tfvars")
                        .getFirst()
                        .of(AuditVariable.DEPLOY))
                .isEqualTo(HclPath.of("bastion_enabled"));
        assertThat(layout.auditPathsAt("stacks/dev/terragrunt.stack.hcl")
                        .getFirst()
                        .of(AuditVariable.DEPLOY))
                .isEqualTo(HclPath.of("unit.bastion.values.deploy_bastion"));
        String placed = "live/prod/us-east-1/orders/bastion/terragrunt.hcl";
        assertThat(layout.environmentAt(placed)).contains(new EnvironmentName("prod-orders"));
        assertThat(layout.placeAt(placed).map(Place::toString)).contains("prod/us-east-1");
        assertThat(layout.environmentAt("environments/dev/slots/3/bastion/terragrunt.hcl"))
                .contains(new EnvironmentName("dev#3"));
        assertThat(layout.accounts().all()).hasSize(2);
        assertThat(layout.aliases().byAlias()).hasSize(1);
        assertThat(layout.channels().all()).hasSize(2);
    }

    private static Layout read(String yaml) {
        return new LedgerFile().read(Optional.of(yaml.getBytes(UTF_8)), "environments");
    }

    private static final String ACCOUNTS = """
        environments:
          - path: live/{account}/{region}/{name}/bastion/terragrunt.hcl
            name: "{account}-{name}"
        accounts:
          prod:
            id: "123456789012"
            regions: [eu-west-1, us-east-1]
            watch_role: arn:aws:iam::123456789012:role/bastion-watch
            apply_role: arn:aws:iam::123456789012:role/ci/bastion-apply
            plan_role: arn:aws:iam::123456789012:role/bastion-plan
            external_id: acme
            state_bucket: acme-state
            profile: acme-prod
          default: {id: "210987654321", regions: [eu-west-1]}
        """;

    @Test
    void everyKeyOfAnAccountIsRead() {
        Layout layout = read(ACCOUNTS);
        AwsAccount prod = layout.accounts().account(new AccountKey("prod")).orElseThrow();
        assertThat(prod)
                .isEqualTo(new AwsAccount(
                        new AccountKey("prod"),
                        "123456789012",
                        List.of(new Region("eu-west-1"), new Region("us-east-1")),
                        new AccountRoles(
                                Optional.of("arn:aws:iam::123456789012:role/bastion-watch"),
                                Optional.of("arn:aws:iam::123456789012:role/ci/bastion-apply"),
                                Optional.of("arn:aws:iam::123456789012:role/bastion-plan"),
                                Optional.of("acme")),
                        Optional.of("acme-state"),
                        Optional.of("acme-prod")));
        String file = "live/prod/us-east-1/orders/bastion/terragrunt.hcl";
        assertThat(layout.environmentAt(file)).contains(new EnvironmentName("prod-orders"));
        assertThat(layout.placeAt(file).map(Place::toString)).contains("prod/us-east-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accounts: {prod: {id: 123456789012}}|quote it",
                "accounts: {prod: {id: \"12345\"}}|12 digits",
                "accounts: {prod: {}}|accounts.prod.id: is missing",
                "accounts: {prod: {id: \"123456789012\", regions: [Ireland]}}|a region of AWS",
                "accounts: {prod: {id: \"123456789012\", regions: []}}|names no region",
                "accounts: {prod: {id: \"123456789012\", watch_role: bastion}}|the ARN of a role",
                "accounts: {prod: {id: \"123456789012\", plan_role: \"arn:aws:iam::210987654321:role/x\"}}|a role of"
                        + " the account 123456789012",
                "accounts: {prod: {id: \"123456789012\", role: x}}|not a known key",
                "accounts: {p/x: {id: \"123456789012\"}}|letters, digits",
                "accounts: {prod: {id: \"123456789012\"}, Prod: {id: \"210987654321\"}}|has the name of prod",
                "accounts: {a: {id: \"123456789012\"}, b: {id: \"123456789012\"}}|has the id of a",
                "accounts: {a: {id: \"123456789012\"}}|accounts has no default",
                "environments: [{path: \"{account}/{name}/terragrunt.hcl\"}]|has {account}, but there are no accounts",
                "environments: [{path: \"{region}/{name}/terragrunt.hcl\"}]|accounts.default must list the regions",
                "environments: [{path: \"{name}/terragrunt.hcl\", name: \"{account}-{name}\"}]|but the path has not",
                "environments: [{path: \"{name}/terragrunt.hcl\", name: \"db\"}]|{name} once",
                "environments: [{path: \"{name}/main.tf\"}]|.auto.tfvars, which the tools read by themselves",
                "environments: [{path: \"{name}/bastion.tfvars\"}]|terraform.tfvars or .auto.tfvars",
                "environments: [{path: \"{name}/terragrunt.hcl\", values: locals}]|write `inputs`",
                "environments: [{path: \"{name}/terragrunt.hcl\", values: \"\"}]|write `inputs`",
                "environments: [{path: \"{name}/b.auto.tfvars\", values: inputs}]|write ``",
                "environments: [{path: \"{name}/terragrunt.stack.hcl\", values: inputs}]|write"
                        + " `unit[\"bastion\"].values`",
                "environments: [{path: \"{name}/terragrunt.hcl\", values: \"a b\"}]|a path like inputs",
                "environments: [{path: \"{name}/terragrunt.hcl\", names: {deploy: x}}]|names.deploy: is not a known"
                        + " key",
                "environments: [{path: \"{name}/terragrunt.hcl\", names: {deploy_bastion: a b}}]|the name of a"
                        + " variable",
                "environments: [{path: \"{name}/terragrunt.hcl\", names: {created_at: expires_at}}]|another name for"
                        + " each",
                "aliases: {orders: [ord], web: [ORD]}|aliases.web: \"ORD\" is an alias of orders, too",
                "aliases: {orders: [ord, ord]}|is an alias of orders, too",
                "aliases: {orders: [Orders]}|is the name itself",
                "aliases: {orders: [web], web: [www]}|is an environment in aliases, too",
                "aliases: {orders: ['a b']}|at most 64 letters",
                "aliases: {'a b': [x]}|at most 64 letters",
                "aliases: {orders: [on]}|quote it",
                "aliases: {orders: []}|names no alias",
                "aliases: {orders: {a: b}}|must be a list",
                "aliases: {Orders: [a], orders: [b]}|has the name of Orders",
                "channels: {prod: team}|channels.prod: is \"team\"",
                "channels: {default: 1}|ledger.yaml:1: channels.default",
                "channels: {p*-x: C0123ABC, p*-*: C0456DEF}|is as specific",
                "channels: {prod: C0123ABC, PROD: C0123ABC}|stands in another case, too",
                "channels: {prod#2: C0123ABC}|names one slot; write prod, which means all of them",
                "aliases: {dev#2: [x]}|names one slot; write dev",
                "aliases: {dev: [d#2]}|names one slot; write d",
                "environments: [{path: \"{name}/{slot}/terragrunt.hcl\"}]|ledger.yaml:1: environments[0].path: has {slot}, but"
                        + " slots",
                "slots: {dev: 3}|ledger.yaml:1: slots.dev: has slots, but no path of environments has {slot} for it;"
                        + " add one",
                "{environments: [{path: \"{name}/{slot}/terragrunt.hcl\", name: \"db-{name}\"}], slots: {dev: 3}}|slots.dev:"
                        + " has slots",
                "slots: {dev: 0}|from 1 to 20",
                "slots: {dev: 21}|from 1 to 20",
                "slots: {dev: many}|from 1 to 20",
                "slots: {dev#2: 2}|slots.dev#2: is no name of an environment",
                "slots: {'a b': 2}|is no name of an environment",
                "slots: {dev: 2, Dev: 3}|slots.Dev: stands in another case, too",
                "slots: [dev]|slots: must be a mapping",
            })
    void aProblemNamesItsKeyAndWhatToWrite(String yaml, String problem) {
        assertThatThrownBy(() -> read(yaml)).hasMessageContaining(problem);
    }

    @Test
    void thePlaceOfTheValuesFollowsTheNameOfTheFile() {
        assertThat(paths("path: \"{name}/terragrunt.hcl\"").object()).contains(HclPath.of("inputs"));
        assertThat(paths("path: \"{name}/bastion.auto.tfvars\"").object()).isEmpty();
        assertThat(paths("path: \"{name}/terraform.tfvars\", values: \"\"").object())
                .isEmpty();
        assertThat(paths("path: \"{name}/terragrunt.stack.hcl\"").object())
                .contains(HclPath.of("unit[\"bastion\"].values"));
        assertThat(paths("path: \"{name}/terragrunt.stack.hcl\", values: unit.db.values")
                        .object())
                .contains(HclPath.of("unit[\"db\"].values"));
    }

    @Test
    void aVariableMayHaveAnotherName() {
        AuditPaths paths = paths("path: \"{name}/terraform.tfvars\", names: {deploy_bastion: open, expires_at: until}");
        assertThat(paths.of(AuditVariable.DEPLOY)).isEqualTo(HclPath.of("open"));
        assertThat(paths.of(AuditVariable.EXPIRES_AT)).isEqualTo(HclPath.of("until"));
        assertThat(paths.of(AuditVariable.CREATED_AT)).isEqualTo(HclPath.of("created_at"));
    }

    private static AuditPaths paths(String pattern) {
        return read("environments: [{" + pattern + "}]")
                .environments()
                .getFirst()
                .values();
    }

    @Test
    void channelsAreRead() {
        EnvironmentChannels channels = read("channels: {Prod: C0123ABC, live/*: C0456DEF, default: C0789GHI}")
                .channels();
        assertThat(channels.of(new EnvironmentName("prod"))).contains("C0123ABC");
        assertThat(channels.of(new EnvironmentName("live/x"))).contains("C0456DEF");
        assertThat(channels.others()).contains("C0789GHI");
        assertThat(read("channels: {prod: C0123ABC}").channels().others()).isEmpty();
    }

    @Test
    void everyProblemIsToldAtOnceWithItsLine() {
        assertThatThrownBy(() -> read("""
            environments:
              - path: "{account}/{name}"
              - path: live/{name}/terragrunt.hcl
                nam: "{name}"
            accounts:
              prod: {regions: [x]}
            aliases:
              orders: [orders]
            other: 1
            """))
                .isInstanceOfSatisfying(
                        PolicyProblems.class,
                        wrong -> assertThat(wrong.problems())
                                .hasSize(7)
                                .anyMatch(problem -> problem.startsWith("ledger.yaml:2: environments[0].path: "))
                                .anyMatch(problem -> problem.startsWith("ledger.yaml:4: environments[1].nam: "))
                                .anyMatch(problem -> problem.startsWith("ledger.yaml:3: environments[1].path: "))
                                .anyMatch(problem -> problem.startsWith("ledger.yaml:6: accounts.prod.regions: "))
                                .anyMatch(problem -> problem.startsWith("ledger.yaml:6: accounts.prod.id: "))
                                .anyMatch(problem -> problem.startsWith("ledger.yaml:8: aliases.orders: "))
                                .anyMatch(problem -> problem.startsWith("ledger.yaml:9: other: ")));
    }

    @Test
    void slotsAreRead() {
        Layout layout =
                read("environments: [{path: \"a/{name}/terragrunt.hcl\"}, {path: \"a/{name}/{slot}/terragrunt.hcl\"}]\n"
                        + "slots: {dev: 3, qa/one: 1}");
        assertThat(layout.environmentAt("a/dev/3/terragrunt.hcl")).contains(new EnvironmentName("dev#3"));
        assertThat(layout.environmentAt("a/qa/one/1/terragrunt.hcl")).contains(new EnvironmentName("qa/one"));
        assertThat(layout.environmentAt("a/dev/4/terragrunt.hcl")).isEmpty();
        assertThat(layout.environmentAt("a/web/4/terragrunt.hcl")).contains(new EnvironmentName("web/4"));
    }

    @Test
    void aliasesAreRead() {
        assertThat(read("aliases: {orders: [ord, o], prod: live}").aliases())
                .isEqualTo(new EnvironmentAliases(Map.of(
                        new EnvironmentName("ord"), new EnvironmentName("orders"),
                        new EnvironmentName("o"), new EnvironmentName("orders"),
                        new EnvironmentName("live"), new EnvironmentName("prod"))));
    }

    @Test
    void anAccountWithoutRegionsCannotBeInAPathWithRegions() {
        assertThatThrownBy(() -> read(ACCOUNTS.replace(", regions: [eu-west-1]}", "}")))
                .hasMessageContaining("no regions of default");
    }

    private static byte[] bytes(String path) throws IOException {
        return Files.readAllBytes(REPOSITORY.resolve(path));
    }
}
