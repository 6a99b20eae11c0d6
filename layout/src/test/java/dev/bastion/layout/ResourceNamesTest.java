package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceNamesTest {
    private static List<EnvironmentName> names(String... names) {
        return Stream.of(names).map(EnvironmentName::new).toList();
    }

    @Test
    void aHyphenAndASlashGiveTheSameName() {
        EnvironmentName prod = new EnvironmentName("prod-x");
        assertThat(ResourceNames.sharedWith(prod, names("dev", "prod-x", "prod/x")))
                .contains(new EnvironmentName("prod/x"));
        assertThat(ResourceNames.problem(prod, "live/prod-x/x.hcl"))
                .isEqualTo("its resources would have the names of those of prod-x (live/prod-x/x.hcl)");
    }

    @ParameterizedTest
    @CsvSource({"prod, Prod", "Orders_DB.v2, orders-db-v2", "my_env, my.env", "a/b, A_B", "_x, x"})
    void spellingsThatAwsCannotTellApartAreShared(String one, String other) {
        assertThat(ResourceNames.sharedWith(new EnvironmentName(one), names(one, other)))
                .contains(new EnvironmentName(other));
    }

    @Test
    void ofSeveralTheFirstByNameIsNamed() {
        assertThat(ResourceNames.sharedWith(new EnvironmentName("a/b/c"), names("a/b/c", "a/b-c", "a-b-c")))
                .contains(new EnvironmentName("a-b-c"));
    }

    @Test
    void othersShareNothing() {
        assertThat(ResourceNames.sharedWith(new EnvironmentName("prod"), names("prod", "prod/x", "dev")))
                .isEmpty();
    }

    @Test
    void eachOfThoseThatShareANameHasAnotherOne() {
        assertThat(ResourceNames.shared(names("dev", "a/b/c", "prod/x", "a/b-c", "prod-x", "a-b-c")))
                .containsOnly(
                        entry("prod-x", "prod/x"),
                        entry("prod/x", "prod-x"),
                        entry("a-b-c", "a/b-c"),
                        entry("a/b-c", "a-b-c"),
                        entry("a/b/c", "a-b-c"));
        assertThat(ResourceNames.twinProblem("live/prod")).isEqualTo("it has the name of the environment of live/prod");
    }

    private static Map.Entry<EnvironmentName, EnvironmentName> entry(String name, String other) {
        return Map.entry(new EnvironmentName(name), new EnvironmentName(other));
    }
}
