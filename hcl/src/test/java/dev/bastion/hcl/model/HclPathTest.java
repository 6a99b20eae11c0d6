package dev.bastion.hcl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HclPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "inputs.deploy_bastion",
                "locals.x",
                "a",
                "unit[\"a b\"].values.größe-1",
                "a[\"\"]",
                "a[\"\\\"\\\\\"]"
            })
    void aPathRoundTrips(String text) {
        assertThat(HclPath.of(text)).hasToString(text);
        assertThat(HclPath.of(HclPath.of(text).toString())).isEqualTo(HclPath.of(text));
    }

    @Test
    void dotsAndBracketsAreTheSamePath() {
        assertThat(HclPath.of("unit[\"bastion\"].values.x")).isEqualTo(HclPath.of("unit.bastion.values[\"x\"]"));
        assertThat(HclPath.of("a").child("b.c").steps()).isEqualTo(List.of("a", "b.c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a b", "[\"a\"]", "a[b]", "a[\"b]", "a[\"b\"]c", "a[0]", "1"})
    void rejectsInvalidPaths(String text) {
        assertThatThrownBy(() -> HclPath.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
