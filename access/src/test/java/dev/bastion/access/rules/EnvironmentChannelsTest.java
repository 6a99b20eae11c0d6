package dev.bastion.access.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentChannelsTest {
    private static final EnvironmentChannels CHANNELS = new EnvironmentChannels(
            Map.of(new EnvironmentName("prod"), "CPROD"),
            Map.of(new EnvironmentPattern("prod/*"), "CPRODS", new EnvironmentPattern("*/*"), "CTEAMS"),
            Optional.of("COTHERS"));

    @ParameterizedTest
    @CsvSource({"prod, CPROD", "PROD, CPROD", "prod/orders, CPRODS", "team/x, CTEAMS", "dev, COTHERS"})
    void theMostSpecificKeyApplies(String environment, String channel) {
        assertThat(CHANNELS.of(new EnvironmentName(environment))).contains(channel);
    }

    @Test
    void withoutAKeyItIsTheChannelOfTheSettings() {
        assertThat(EnvironmentChannels.NONE.of(new EnvironmentName("dev"))).isEmpty();
        assertThat(EnvironmentChannels.NONE.all()).isEmpty();
        assertThat(CHANNELS.all()).containsExactly("COTHERS", "CPROD", "CPRODS", "CTEAMS");
    }

    @Test
    void aChannelOfSeveralKeysIsListedOnce() {
        EnvironmentChannels shared = new EnvironmentChannels(
                Map.of(new EnvironmentName("prod"), "CPROD"),
                Map.of(new EnvironmentPattern("prod/*"), "CPROD"),
                Optional.of("COTHERS"));
        assertThat(shared.all()).containsExactly("COTHERS", "CPROD");
    }

    @Test
    void aSlotHasTheChannelOfItsEnvironment() {
        EnvironmentChannels channels = new EnvironmentChannels(
                Map.of(new EnvironmentName("dev"), "C1"),
                Map.of(new EnvironmentPattern("qa-*"), "C2"),
                Optional.empty());
        assertThat(channels.of(new EnvironmentName("dev#2"))).contains("C1");
        assertThat(channels.of(new EnvironmentName("qa-x#2"))).contains("C2");
        assertThat(channels.of(new EnvironmentName("prod#2"))).isEmpty();
    }

    @Test
    void aPatternNamesNoSlot() {
        assertThatThrownBy(() -> new EnvironmentPattern("dev*#2")).isInstanceOf(InvalidValue.class);
    }
}
