package dev.bastion.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Which parts of the demo are played. */
class DemoPartTest {
    @Test
    void allArePlayedWhenNoneIsNamed() {
        assertThat(DemoPart.chosen(false, List.of())).containsExactly(DemoPart.values());
    }

    @Test
    void firstIsOneGrantAlone() {
        assertThat(DemoPart.chosen(true, List.of())).containsExactly(DemoPart.GRANT);
    }

    @Test
    void namedPartsArePlayedInTheOrderOfTheStory() {
        assertThat(DemoPart.chosen(false, List.of(DemoPart.OUTAGE, DemoPart.APPROVAL)))
                .containsExactly(DemoPart.APPROVAL, DemoPart.OUTAGE);
        assertThat(DemoPart.chosen(true, List.of(DemoPart.ATTACK))).containsExactly(DemoPart.GRANT, DemoPart.ATTACK);
    }

    @Test
    void whatIsAboutAGrantThatIsOpenNeedsIt() {
        assertThat(DemoPart.chosen(false, List.of(DemoPart.INSTANCE)))
                .containsExactly(DemoPart.GRANT, DemoPart.INSTANCE);
        assertThat(DemoPart.chosen(false, List.of(DemoPart.REPLICAS)))
                .containsExactly(DemoPart.GRANT, DemoPart.REPLICAS);
    }

    @Test
    void namesAreTypedInLowerCaseAndListedInTheHelp() {
        CommandLine demo = new CommandLine(new DemoCommand()).setCaseInsensitiveEnumValuesAllowed(true);
        List<DemoPart> named =
                demo.parseArgs("--part", "attack", "--part", "outage").matchedOptionValue("--part", List.of());
        assertThat(named).containsExactly(DemoPart.ATTACK, DemoPart.OUTAGE);
        assertThat(demo.getUsageMessage().replaceAll("\\s+", " "))
                .contains("grant, replicas, instance, approval, attack, outage, accounts");
    }
}
