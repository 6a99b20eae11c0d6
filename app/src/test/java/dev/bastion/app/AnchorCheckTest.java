package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.diagnosis.Diagnosis;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.fault.AnchorFailed;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.port.AnchorStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the doctor says of the place of anchors. */
class AnchorCheckTest {
    private static Finding of(Supplier<Optional<String>> newest) {
        AnchorStore store = new AnchorStore() {
            @Override
            public String place() {
                return "https://example.com/anchors.git";
            }

            @Override
            public void add(String name, String anchor) {
                throw new AssertionError("a look writes nothing");
            }

            @Override
            public Optional<String> newest() {
                return newest.get();
            }
        };
        return Diagnosis.of(List.of(new AnchorCheck(store)), Duration.ofSeconds(20)).findings().stream()
                .filter(finding -> finding.subject().equals("anchors"))
                .findFirst()
                .orElseThrow();
    }

    private static Supplier<Optional<String>> failing(Fault fault) {
        return () -> {
            throw new AnchorFailed(fault);
        };
    }

    @Test
    void aPlaceThatIsReadIsOkAndARefusalIsAProblemWithItsRemedy() {
        assertThat(of(() -> Optional.of("anchor")).is(Finding.Status.OK)).isTrue();
        assertThat(of(Optional::empty).meaning()).contains("/readyz");
        Finding refused = of(failing(new Fault.Refused(
                ExternalSystem.GIT, "reading", "not authorized", "check anchors.username and anchors.token")));
        assertThat(refused.is(Finding.Status.PROBLEM)).isTrue();
        assertThat(refused.remedy()).isEqualTo("check anchors.username and anchors.token");
        assertThat(of(failing(new Fault.Later(ExternalSystem.GIT, "reading", "timeout")))
                        .is(Finding.Status.UNKNOWN))
                .isTrue();
    }
}
