package dev.bastion.layout.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTest {
    @ParameterizedTest
    @ValueSource(strings = {"eu-west-1", "us-gov-east-1", "ap-southeast-12"})
    void aRegionIsWrittenAsAwsWritesIt(String text) {
        assertThat(new Region(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eu", "eu-west", "EU-WEST-1", "eu-west-1a", "eu west 1", "{region}"})
    void anotherTextIsRefused(String text) {
        assertThatThrownBy(() -> new Region(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("one of AWS, like eu-west-1");
    }

    @Test
    void regionsAreInTheOrderOfTheirText() {
        assertThat(new Region("eu-west-1")).isLessThan(new Region("us-east-1"));
        assertThat(new Region("us-east-1")).isGreaterThan(new Region("eu-west-1"));
    }
}
