package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.rules.EnvironmentAliases;
import dev.bastion.access.rules.EnvironmentChannels;
import dev.bastion.layout.account.AccountKey;
import dev.bastion.layout.account.AccountRoles;
import dev.bastion.layout.account.AwsAccount;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.account.Place;
import dev.bastion.layout.account.Region;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Environments of several accounts and regions. */
class PathPatternTest {
    private static final AwsAccounts ACCOUNTS = new AwsAccounts(List.of(
            account("prod", "111111111111", "eu-west-1", "us-east-1"),
            account("dev", "222222222222", "eu-west-1"),
            account("default", "333333333333", "eu-central-1", "eu-west-3")));
    private static final String PATH = "live/{account}/{region}/{name}/bastion/terragrunt.hcl";

    private static AwsAccount account(String key, String id, String... regions) {
        return new AwsAccount(
                new AccountKey(key),
                id,
                Stream.of(regions).map(Region::new).toList(),
                AccountRoles.NONE,
                Optional.empty());
    }

    private static PathPattern pattern(String path, String name) {
        return new PathPattern(path, new NameTemplate(name), ACCOUNTS);
    }

    private static Optional<String> read(PathPattern pattern, String path) {
        return pattern.match(path).map(match -> match.environment() + " in " + match.place());
    }

    @ParameterizedTest
    @CsvSource({
        "live/prod/us-east-1/orders/bastion/terragrunt.hcl, orders in prod/us-east-1",
        "live/dev/eu-west-1/a/b/bastion/terragrunt.hcl, a/b in dev/eu-west-1",
        "live/default/eu-west-3/x/bastion/terragrunt.hcl, x in default/eu-west-3",
    })
    void aPathSaysNameAccountAndRegion(String path, String expected) {
        assertThat(read(pattern(PATH, "{name}"), path)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "live/test/eu-west-1/orders/bastion/terragrunt.hcl",
                "live/PROD/eu-west-1/orders/bastion/terragrunt.hcl",
                "live/dev/us-east-1/orders/bastion/terragrunt.hcl",
                "live/dev/eu/orders/bastion/terragrunt.hcl",
                "live/dev/eu-west-1/bastion/terragrunt.hcl",
                "live/dev/orders/bastion/terragrunt.hcl",
            })
    void anUnknownPlaceNamesNoEnvironment(String path) {
        assertThat(read(pattern(PATH, "{name}"), path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'{region}/{account}/{name}/x.hcl', us-east-1/prod/a/b/x.hcl, a/b in prod/us-east-1",
        "'live/{name}/{account}/{region}/x.hcl', live/a/b/prod/us-east-1/x.hcl, a/b in prod/us-east-1",
        "'{account}/{name}/{region}/x.hcl', prod/a/b/us-east-1/x.hcl, a/b in prod/us-east-1",
        "'{account}/{name}/x.hcl', prod/a/b/x.hcl, a/b in prod/eu-west-1",
        "'{region}/{name}/x.hcl', eu-west-3/a/x.hcl, a in default/eu-west-3",
        "'{name}/x.hcl', a/x.hcl, a in default/eu-central-1",
    })
    void placeholdersStandInAnyOrder(String pattern, String path, String expected) {
        PathPattern read = pattern(pattern, "{name}");
        assertThat(read(read, path)).contains(expected);
        EnvironmentName environment = read.environmentAt(path).orElseThrow();
        assertThat(read.filesOf(environment))
                .contains(path)
                .allSatisfy(file -> assertThat(read.environmentAt(file)).contains(environment));
    }

    @ParameterizedTest
    @CsvSource({
        "'{account}-{name}', prod-orders, live/prod/us-east-1/orders/bastion/terragrunt.hcl",
        "'{name}/{region}', orders/us-east-1, live/prod/us-east-1/orders/bastion/terragrunt.hcl",
        "'db-{name}-{account}', db-orders-prod, live/prod/us-east-1/orders/bastion/terragrunt.hcl",
    })
    void theNameIsMadeOfThePath(String template, String name, String path) {
        PathPattern pattern = pattern(PATH, template);
        assertThat(pattern.environmentAt(path)).contains(new EnvironmentName(name));
        assertThat(pattern.filesOf(new EnvironmentName(name))).contains(path);
        assertThat(pattern.filesOf(new EnvironmentName("other"))).isEmpty();
    }

    @Test
    void anEnvironmentHasOnePossibleFileForEachPlace() {
        assertThat(pattern(PATH, "{name}").filesOf(new EnvironmentName("orders")))
                .containsExactly(
                        "live/prod/eu-west-1/orders/bastion/terragrunt.hcl",
                        "live/prod/us-east-1/orders/bastion/terragrunt.hcl",
                        "live/dev/eu-west-1/orders/bastion/terragrunt.hcl",
                        "live/default/eu-central-1/orders/bastion/terragrunt.hcl",
                        "live/default/eu-west-3/orders/bastion/terragrunt.hcl");
        assertThat(pattern(PATH, "{account}/{name}").filesOf(new EnvironmentName("dev/orders")))
                .containsExactly("live/dev/eu-west-1/orders/bastion/terragrunt.hcl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{account}", "{name}{name}", "{name}-{slot}", "{name} x", "../{name}", "/{name}"})
    void aNameThatIsNotUniqueOrNotValidIsRefused(String template) {
        assertThatThrownBy(() -> new NameTemplate(template)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void theLayoutSaysWhereAnEnvironmentIs() {
        Layout layout = new Layout(
                "access",
                List.of(pattern(PATH, "{name}")),
                List.of(),
                List.of(),
                List.of(),
                ACCOUNTS,
                EnvironmentAliases.NONE,
                EnvironmentChannels.NONE);
        String file = "live/prod/us-east-1/orders/bastion/terragrunt.hcl";
        Place place = new Place(new AccountKey("prod"), Optional.of(new Region("us-east-1")));
        assertThat(layout.placeOf(new EnvironmentName("orders"), file::equals)).contains(place);
        assertThat(layout.placeAt(file)).contains(place);
        assertThat(layout.placeAt("live/x/bastion/terragrunt.hcl")).isEmpty();
        assertThat(layout.directory()).isEmpty();
        assertThat(layout.rootOf(file, "live/prod/root.hcl"::equals)).isEqualTo("live/prod");
        assertThat(layout.twinOf(file, path -> path.startsWith("live/dev/")))
                .contains("live/dev/eu-west-1/orders/bastion/terragrunt.hcl");
        assertThat(Layout.standard("environments").placeAt("environments/dev/bastion/terragrunt.hcl"))
                .contains(Place.DEFAULT);
        assertThat(Layout.standard("environments").withModules(List.of()).modules())
                .isEmpty();
    }

    @Test
    void aFileOfNoKnownEnvironmentIsAPathThatNoFileHas() {
        Layout layout = new Layout(
                "live",
                List.of(pattern(PATH, "{account}-{name}")),
                List.of(),
                List.of(),
                List.of(),
                ACCOUNTS,
                EnvironmentAliases.NONE,
                EnvironmentChannels.NONE);
        assertThat(layout.filesOf(new EnvironmentName("x"))).containsExactly(PATH);
        assertThat(layout.placeOf(new EnvironmentName("x"), _ -> false)).isEmpty();
        assertThat(layout.directory()).isEqualTo("live");
    }

    @Test
    void anAccountThatLeftTheFileStillNamesWhatWasThere() {
        PathPattern now = new PathPattern(
                PATH, NameTemplate.PLAIN, new AwsAccounts(List.of(account("dev", "222222222222", "eu-west-1"))));
        Layout layout =
                new Layout("access", List.of(now), List.of(), List.of()).after(List.of(pattern(PATH, "{name}")));
        String file = "live/prod/us-east-1/orders/bastion/terragrunt.hcl";
        assertThat(layout.isNamed(file)).isFalse();
        assertThat(layout.environmentAt(file)).contains(new EnvironmentName("orders"));
        assertThat(layout.filesOf(new EnvironmentName("orders")))
                .as("each path once, although both versions have it")
                .startsWith("live/dev/eu-west-1/orders/bastion/terragrunt.hcl")
                .contains(file)
                .doesNotHaveDuplicates();
    }

    @Test
    void thePlaceholdersOfThePathDecideWhatIsMissing() {
        String expected = "has {account}, but there are no accounts; list them under accounts";
        assertThat(pattern(PATH, "{name}").placeProblem(AwsAccounts.NONE)).contains(expected);
        assertThat(pattern(PATH, "{name}").placeProblem(ACCOUNTS)).isEmpty();
        assertThat(new PathPattern("live/{name}/x.hcl").placeProblem(AwsAccounts.NONE))
                .isEmpty();
    }

    @Test
    void theSuffixHasNoPlaceholder() {
        assertThat(pattern(PATH, "{name}").suffix()).contains("/bastion/terragrunt.hcl");
        assertThat(pattern("live/{name}/{region}/x.hcl", "{name}").suffix()).isEmpty();
    }
}
