package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.layout.account.AccountKey;
import dev.bastion.layout.account.AccountRoles;
import dev.bastion.layout.account.AwsAccount;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.account.Region;
import dev.bastion.layout.slot.SlotCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of slots, and what the layout says of them. */
class SlotsTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final SlotCounts COUNTS = counts(Map.of("dev", 3, "team/qa", 2));
    /** The first slot may keep the place that it had before there were others. */
    private static final Layout LAYOUT = layout("live/{name}/db/x.hcl", "live/{name}/{slot}/db/x.hcl");

    private static SlotCounts counts(Map<String, Integer> counts) {
        TreeMap<EnvironmentName, Integer> byName = new TreeMap<>();
        counts.forEach((name, count) -> byName.put(new EnvironmentName(name), count));
        return new SlotCounts(byName);
    }

    private static PathPattern pattern(String path, String name) {
        return new PathPattern(path, new NameTemplate(name), AwsAccounts.NONE).with(COUNTS);
    }

    private static Layout layout(String... paths) {
        List<PathPattern> patterns =
                List.of(paths).stream().map(path -> pattern(path, "{name}")).toList();
        return new Layout("access", patterns, List.of(), List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "live/dev/1/db/x.hcl, dev",
        "live/dev/2/db/x.hcl, dev#2",
        "live/dev/3/db/x.hcl, dev#3",
        "live/DEV/2/db/x.hcl, DEV#2",
        "live/team/qa/2/db/x.hcl, team/qa#2",
        "live/dev/db/x.hcl, dev",
        "live/dev/x/db/x.hcl, dev/x",
        "live/dev/1.5/db/x.hcl, dev/1.5",
        "live/prod/2/db/x.hcl, prod/2",
        "live/prod/db/x.hcl, prod",
    })
    void aPathSaysWhichSlotItIs(String path, String name) {
        EnvironmentName environment = new EnvironmentName(name);
        assertThat(LAYOUT.environmentAt(path)).contains(environment);
        assertThat(LAYOUT.isNamed(path)).isTrue();
        assertThat(LAYOUT.filesOf(environment)).contains(path);
        assertThat(LAYOUT.fileOf(environment, path::equals)).isEqualTo(path);
        assertThat(LAYOUT.rootOf(path, "live/root.hcl"::equals)).isEqualTo("live");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "live/dev/0/db/x.hcl",
                "live/dev/4/db/x.hcl",
                "live/dev/9/db/x.hcl",
                "live/dev/02/db/x.hcl",
                "live/dev#2/db/x.hcl"
            })
    void aSlotThatIsNotListedIsNoEnvironment(String path) {
        assertThat(LAYOUT.environmentAt(path)).isEmpty();
        assertThat(LAYOUT.isNamed(path)).isFalse();
    }

    @Test
    void aSlotHasNoFileBesideThatOfItsPattern() {
        assertThat(LAYOUT.filesOf(DEV)).containsExactly("live/dev/db/x.hcl", "live/dev/1/db/x.hcl");
        assertThat(LAYOUT.filesOf(DEV.slot(3))).containsExactly("live/dev/3/db/x.hcl");
        PathPattern ofSlots = pattern("live/{name}/{slot}/x.hcl", "{name}");
        assertThat(ofSlots.filesOf(DEV.slot(4))).isEmpty();
        assertThat(ofSlots.filesOf(new EnvironmentName("prod"))).isEmpty();
        assertThat(pattern("live/{name}/x.hcl", "{name}").filesOf(DEV.slot(2))).isEmpty();
        assertThat(pattern("{slot}/{name}/x.hcl", "db-{name}").filesOf(new EnvironmentName("db-dev")))
                .as("slots are counted by the whole name")
                .isEmpty();
    }

    @Test
    void aFileBesideThatOfASlotIsBesideTheSlot() {
        String file = "live/dev/2/db/x.hcl";
        assertThat(LAYOUT.kindOf("live/dev/2/db/other.hcl", file::equals))
                .isEqualTo(new FileKind.BesideEnvironment(DEV.slot(2)));
        assertThat(LAYOUT.twinOf("live/dev/db/x.hcl", "live/dev/1/db/x.hcl"::equals))
                .contains("live/dev/1/db/x.hcl");
        assertThat(LAYOUT.twinOf(file, List.of(file, "live/dev/3/db/x.hcl")::contains))
                .isEmpty();
    }

    @Test
    void theNameOfASlotIsMadeByTheTemplate() {
        SlotCounts counts = counts(Map.of("qa-dev", 2));
        AwsAccounts accounts = new AwsAccounts(List.of(account("qa"), account("us")));
        PathPattern pattern = new PathPattern(
                        "{account}/{name}/{slot}/x.hcl", new NameTemplate("{account}-{name}"), accounts)
                .with(counts);
        assertThat(pattern.environmentAt("qa/dev/2/x.hcl")).contains(new EnvironmentName("qa-dev#2"));
        assertThat(pattern.environmentAt("us/dev/2/x.hcl")).isEmpty();
        assertThat(pattern.filesOf(new EnvironmentName("qa-dev#2"))).containsExactly("qa/dev/2/x.hcl");
        assertThat(pattern.canName(new EnvironmentName("qa-dev"))).isTrue();
        assertThat(pattern.canName(new EnvironmentName("dev"))).isFalse();
        assertThat(pattern("live/{name}/x.hcl", "{name}").canName(DEV)).isFalse();
        assertThatThrownBy(() -> new NameTemplate("{name}#2")).isInstanceOf(InvalidValue.class);
    }

    @Test
    void theNumberOfASlotIsNoPartOfTheNameInItsPath() {
        AwsAccounts accounts = new AwsAccounts(List.of(account("qa")));
        PathPattern pattern =
                new PathPattern("{account}/{name}/{slot}/x.hcl", new NameTemplate("{name}-{account}"), accounts);
        assertThat(pattern.canName(new EnvironmentName("dev-qa#2"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "live/dev/0/x.hcl, true",
        "live/dev/9/x.hcl, true",
        "live/dev//x.hcl, false",
        "live/dev/x/x.hcl, false",
        "live/dev/1./x.hcl, false",
        "live/prod/1/x.hcl, false",
    })
    void thePlaceOfASlotHasANumber(String path, boolean isPlace) {
        assertThat(pattern("live/{name}/{slot}/x.hcl", "{name}").isPlaceOfSlot(path))
                .isEqualTo(isPlace);
    }

    private static AwsAccount account(String key) {
        return new AwsAccount(
                new AccountKey(key),
                "123456789012",
                List.of(new Region("eu-west-1")),
                AccountRoles.NONE,
                Optional.empty());
    }

    @Test
    void whatIsOpenInAFormerSlotIsStillKnown() {
        PathPattern fewer = new PathPattern("live/{name}/{slot}/db/x.hcl", NameTemplate.PLAIN, AwsAccounts.NONE)
                .with(counts(Map.of("dev", 2)));
        Layout now = new Layout("access", List.of(fewer), List.of(), List.of()).after(LAYOUT.environments());
        assertThat(now.environmentAt("live/dev/3/db/x.hcl")).contains(DEV.slot(3));
        assertThat(now.isNamed("live/dev/3/db/x.hcl")).isFalse();
    }

    @Test
    void aSlotTooManySaysWhatToChange() {
        assertThat(reason("live/dev/4/db/x.hcl"))
                .isEqualTo("it has the place of an environment file (live/{name}/{slot}/db/x.hcl), but `4` is none of"
                        + " the 3 slots of dev in ledger.yaml; name the directory by its number, or write a higher"
                        + " number in slots");
        assertThat(new Lookalikes(layout("live/{name}/{slot}/x.hcl")).reason("live/prod/2/x.hcl", Optional.empty()))
                .contains("it has the place of an environment file (live/{name}/{slot}/x.hcl), but slots of ledger.yaml"
                        + " does not name prod; add `prod: ` with the number of its slots");
        assertThat(new Lookalikes(layout("live/{name}/{slot}/x.hcl")).reason("live/-/2/x.hcl", Optional.empty()))
                .contains("it has the place of an environment file (live/{name}/{slot}/x.hcl), but `-` is no valid"
                        + " name; rename its directory to letters, digits, -, _ and .");
    }

    private static String reason(String path) {
        return new Lookalikes(LAYOUT).reason(path, Optional.empty()).orElse("");
    }

    @Test
    void aSlotWithoutAFileIsNamed() {
        EnvironmentName qa = new EnvironmentName("Team/QA");
        List<EnvironmentName> all = List.of(new EnvironmentName("DEV"), new EnvironmentName("DEV#3"), qa, qa.slot(2));
        assertThat(NameProblems.slotsWithoutFile(LAYOUT, all))
                .containsExactly("slots.dev is 3, but there is no live/DEV/2/db/x.hcl");
        assertThat(NameProblems.slotsWithoutFile(LAYOUT, List.of(qa, qa.slot(2))))
                .containsExactly("slots.dev is 3, but there is no live/dev/db/x.hcl, no live/dev/2/db/x.hcl, no"
                        + " live/dev/3/db/x.hcl");
        assertThat(NameProblems.slotsWithoutFile(LAYOUT, List.of(DEV, DEV.slot(2), DEV.slot(3), qa, qa.slot(2))))
                .isEmpty();
        assertThat(NameProblems.slotsWithoutFile(Layout.standard("environments"), List.of()))
                .isEmpty();
    }

    @Test
    void aSlotWithAFileSaysHowTheOthersAreSpelt() {
        List<EnvironmentName> all =
                List.of(new EnvironmentName("DEV#3"), new EnvironmentName("team/qa"), new EnvironmentName("team/qa#2"));
        assertThat(NameProblems.slotsWithoutFile(LAYOUT, all))
                .containsExactly("slots.dev is 3, but there is no live/DEV/db/x.hcl, no live/DEV/2/db/x.hcl");
    }

    @Test
    void theNumbersHaveBounds() {
        assertThat(counts(Map.of("dev", 1)).of(DEV)).isEqualTo(1);
        assertThat(counts(Map.of("dev", SlotCounts.MOST)).slotsOf(DEV)).hasSize(20);
        assertThat(COUNTS.of(DEV.slot(2))).isEqualTo(3);
        assertThat(COUNTS.of(new EnvironmentName("DEV"))).isEqualTo(3);
        assertThat(COUNTS.of(new EnvironmentName("prod"))).isZero();
        assertThat(COUNTS.has(new EnvironmentName("Dev#7"))).isTrue();
        assertThat(COUNTS.has(new EnvironmentName("prod"))).isFalse();
        assertThat(COUNTS.slotsOf(DEV)).containsExactly(DEV, DEV.slot(2), DEV.slot(3));
        for (Map<String, Integer> wrong :
                List.of(Map.of("dev", 0), Map.of("dev", SlotCounts.MOST + 1), Map.of("dev#2", 2))) {
            assertThatThrownBy(() -> counts(wrong))
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageContaining("names of environments, each with a number from 1 to 20");
        }
    }
}
