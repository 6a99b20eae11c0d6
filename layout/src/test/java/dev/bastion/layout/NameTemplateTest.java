package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.layout.account.AccountKey;
import dev.bastion.layout.account.Place;
import dev.bastion.layout.account.Region;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameTemplateTest {
    private static final Place PLACE = new Place(new AccountKey("prod"), Optional.of(new Region("eu-west-1")));

    private static Optional<String> nameOf(String template, String environment) {
        return new NameTemplate(template).nameOf(new EnvironmentName(environment), PLACE);
    }

    @Test
    void thePlaceholdersBesidesTheNameAreKnown() {
        assertThat(NameTemplate.PLAIN.placeholders()).isEmpty();
        assertThat(new NameTemplate("{account}-{name}").placeholders()).containsExactly("{account}");
        assertThat(new NameTemplate("{name}.{region}").placeholders()).containsExactly("{region}");
        assertThat(new NameTemplate("{region}-{name}-{account}").placeholders())
                .containsExactly("{account}", "{region}");
    }

    @ParameterizedTest
    @CsvSource({
        "{name}, orders, orders",
        "{account}-{name}, prod-orders, orders",
        "{name}.{region}, a/b.eu-west-1, a/b",
        "ab{name}ab, abxab, x",
        "ab{name}ab, ababab, ab",
    })
    void theNameIsWhatTheTextAroundItLeaves(String template, String environment, String name) {
        assertThat(nameOf(template, environment)).contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        "ab{name}, xyz",
        "ab{name}, ab",
        "{name}ab, ab",
        "ab{name}cd, abcd",
        "ab{name}ab, ab",
        "ab{name}ab, abab",
        "ab{name}ba, aba",
        "ab{name}cd, abxyz",
        "ab{name}cd, xyzcd",
        "{account}-{name}, dev-orders",
    })
    void anEnvironmentWithoutTheTextAroundItOrWithoutANameHasNone(String template, String environment) {
        assertThat(nameOf(template, environment)).isEmpty();
    }
}
