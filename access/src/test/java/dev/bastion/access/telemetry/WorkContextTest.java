package dev.bastion.access.telemetry;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RequestId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class WorkContextTest {
    private static final Grant GRANT = grant(JOHN, DEV, NOW, NOW.plusSeconds(60));

    @Test
    void workOnAGrantNamesItsRequestItsEnvironmentAndItsHolder() {
        assertThat(WorkContext.of(GRANT).call(() -> WorkContext.current().fields()))
                .containsOnly(
                        Map.entry("request", GRANT.request().value()),
                        Map.entry("environment", "dev"),
                        Map.entry("user", JOHN.id()));
        assertThat(WorkContext.current().fields()).isEmpty();
    }

    @Test
    void innerWorkAddsFieldsAndReplacesThoseOfTheSameName() {
        List<Map<String, String>> seen = new ArrayList<>();
        WorkContext.of(GRANT).run(() -> {
            WorkContext.current()
                    .with(Map.of("pull", "5", "user", "U99999999"))
                    .run(() -> seen.add(WorkContext.current().fields()));
            seen.add(WorkContext.current().fields());
        });
        assertThat(seen.getFirst()).containsEntry("pull", "5").containsEntry("user", "U99999999");
        assertThat(seen.getFirst()).containsEntry("environment", "dev");
        assertThat(seen.getLast()).doesNotContainKey("pull").containsEntry("user", JOHN.id());
    }

    @Test
    void workOnAnotherRequestKeepsNothingOfTheFormerOne() {
        RequestId other = RequestId.derivedFrom("another request");
        assertThat(WorkContext.of(GRANT).with(other).fields()).isEqualTo(Map.of("request", other.value()));
        assertThat(WorkContext.of(GRANT).with(GRANT.request()).fields()).containsEntry("environment", "dev");
    }

    @Test
    void anotherThreadHasTheContextOnlyOfWorkThatIsCarriedToIt() {
        Queue<Runnable> handedOver = new ArrayDeque<>();
        Executor carrying = WorkContext.carrying(handedOver::add);
        List<WorkContext> seen = new ArrayList<>();
        WorkContext.of(GRANT).since(NOW).run(() -> {
            carrying.execute(() -> seen.add(WorkContext.current()));
            handedOver.add(() -> seen.add(WorkContext.current()));
        });
        carrying.execute(() -> seen.add(WorkContext.current()));
        handedOver.forEach(Runnable::run);
        assertThat(seen.get(0).fields())
                .containsEntry("request", GRANT.request().value());
        assertThat(seen.get(0).since()).contains(NOW);
        assertThat(seen.get(1).fields()).isEmpty();
        assertThat(seen.get(2).fields()).isEmpty();
        assertThat(seen.get(2).since()).isEmpty();
    }
}
