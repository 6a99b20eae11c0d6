package dev.bastion.layout.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"prod", "P", "_", "eu.prod-2_b", "7"})
    void aKeyIsAPathPart(String text) {
        assertThat(new AccountKey(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-prod", "prod.", "a/b", "a b", "{account}", "..", "pröd"})
    void anotherTextIsRefused(String text) {
        assertThatThrownBy(() -> new AccountKey(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("letters, digits, '.', '_' and '-', like prod");
    }

    @Test
    void keysAreInTheOrderOfTheirText() {
        assertThat(new AccountKey("dev")).isLessThan(new AccountKey("prod"));
        assertThat(new AccountKey("prod")).isGreaterThan(new AccountKey("dev"));
    }
}
