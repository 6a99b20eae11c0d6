package dev.bastion.hcl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class NumberLiteralTest {
    @ParameterizedTest
    @ValueSource(strings = {"1", "1.0", "1e0", "0.1e1", "10e-1"})
    void isOneInAnySpelling(String one) {
        assertThat(new NumberLiteral(one).is(1)).isTrue();
        assertThat(new NumberLiteral(one).is(0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e99999999999", "-1e-2147483649", "1e2147483648", "9e-999999999"})
    void anExponentOfAnySizeIsAnotherNumber(String giant) {
        assertThat(new NumberLiteral(giant).is(1)).isFalse();
        assertThat(new NumberLiteral(giant).is(0)).isFalse();
    }

    @Test
    void manyDigitsAreAnotherNumber() {
        assertThat(new NumberLiteral("1" + "0".repeat(1_000_000) + "e-1000000").is(1))
                .isFalse();
        assertThat(new NumberLiteral("0".repeat(1_000_000)).is(0)).isFalse();
    }

    @Test
    void anAmountThatJavaCannotHoldIsAnArithmeticFault() {
        assertThatThrownBy(() -> new NumberLiteral("1e99999999999").number()).isInstanceOf(ArithmeticException.class);
    }
}
