package dev.bastion.access.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentAliasesTest {
    private static final List<EnvironmentName> ALL = names("dev", "Prod", "orders", "Web", "WEB");
    private static final EnvironmentAliases ALIASES = new EnvironmentAliases(Map.of(
            name("ord"), name("orders"),
            name("P"), name("PROD"),
            name("gone"), name("nowhere"),
            name("www"), name("web"),
            name("DEV"), name("orders"),
            name("two"), name("orders"),
            name("TWO"), name("dev")));

    private static EnvironmentName name(String name) {
        return new EnvironmentName(name);
    }

    private static List<EnvironmentName> names(String... names) {
        return Stream.of(names).map(EnvironmentName::new).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "dev, dev",
        "PROD, Prod",
        "ord, orders",
        "ORD, orders",
        "p, Prod",
        "Web, Web",
        "web, web", // two could be meant
        "www, www", // the alias leads to two
        "gone, gone",
        "two, two", // two aliases
        "dEv, dev", // the name counts, not the alias
        "elsewhere, elsewhere",
    })
    void whatAPersonMeans(String typed, String meant) {
        assertThat(ALIASES.named(name(typed), ALL)).isEqualTo(name(meant));
    }

    @Test
    void ofTwoNamesThatDifferByCaseTheVeryNameCounts() {
        EnvironmentAliases aliases =
                new EnvironmentAliases(Map.of(name("WEB"), name("orders"), name("site"), name("Web")));
        assertThat(aliases.named(name("Web"), ALL)).as("typed").isEqualTo(name("Web"));
        assertThat(aliases.named(name("site"), ALL)).as("of an alias").isEqualTo(name("Web"));
    }

    @Test
    void twoAliasesThatDifferByCaseMayLeadToOneEnvironment() {
        EnvironmentAliases aliases =
                new EnvironmentAliases(Map.of(name("shop"), name("orders"), name("SHOP"), name("orders")));
        assertThat(aliases.named(name("Shop"), ALL)).isEqualTo(name("orders"));
    }

    @Test
    void theAliasesOfAnEnvironment() {
        assertThat(ALIASES.of(name("orders"))).isEqualTo(names("DEV", "ord", "two"));
        assertThat(ALIASES.of(name("Prod"))).isEqualTo(names("P"));
        assertThat(ALIASES.of(name("x"))).isEmpty();
    }

    @Test
    void manyAliasesAreInTheOrderOfTheirNames() {
        List<EnvironmentName> sorted = names("basket", "cart", "checkout", "ord", "purchases", "sales", "shop", "till");
        EnvironmentAliases aliases = new EnvironmentAliases(
                sorted.stream().collect(Collectors.toMap(Function.identity(), _ -> name("orders"))));
        assertThat(aliases.of(name("orders"))).isEqualTo(sorted);
    }

    @Test
    void anAliasThatIsAlsoANameIsAClash() {
        assertThat(ALIASES.clashes(ALL)).isEqualTo(Map.of(name("DEV"), name("dev")));
        assertThat(EnvironmentAliases.NONE.clashes(ALL)).isEmpty();
    }

    @Test
    void theNumberOfASlotStaysBehindTheName() {
        EnvironmentName orders = new EnvironmentName("Orders");
        EnvironmentAliases aliases = new EnvironmentAliases(Map.of(new EnvironmentName("ord"), orders));
        List<EnvironmentName> known = List.of(orders, orders.slot(2));
        assertThat(aliases.named(new EnvironmentName("orders#2"), known)).isEqualTo(orders.slot(2));
        assertThat(aliases.named(new EnvironmentName("ORD#2"), known)).isEqualTo(orders.slot(2));
        assertThat(aliases.named(new EnvironmentName("ord#1"), known)).isEqualTo(orders);
        assertThat(aliases.named(new EnvironmentName("ord"), known)).isEqualTo(orders);
        assertThat(aliases.named(new EnvironmentName("other#3"), known)).isEqualTo(new EnvironmentName("other#3"));
    }
}
