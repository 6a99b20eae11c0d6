package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.LedgerRemote;
import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import dev.bastion.sandbox.github.pulls.PullRequest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people merge or propose, by mistake or on purpose, beside a grant that ends on time. */
class HostileRepositoryTest {
    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    private void open(String duration) {
        world.as("john.doe").command("/bastion", "create dev " + duration + " INC-12");
        await().until(() -> world.ledger().count("open") == 1);
    }

    private PullRequest propose(String branch, String message, Map<String, String> files) {
        world.ledger().pushNew(branch, message, files);
        return world.at("johndoe").open(new NewPullRequest(branch, "", branch, "main"));
    }

    private String policyStatus(PullRequest pull) {
        return world.ledger().server().statuses(pull.head()).stream()
                .filter(status -> status.context().equals("bastion/policy"))
                .findFirst()
                .map(status -> status.state() + " " + status.description())
                .orElse("none");
    }

    private void expiresOnTime() {
        await().until(() -> world.ledger().count("expire") == 1);
        assertThat(world.ledger().isOpen("dev")).isFalse();
        assertThat(world.ledger().latenessOfTheLastExpiry()).isLessThan(ServiceWorld.LATE);
    }

    @Test
    void aGrantEndsOnTimeBesideHostilePullRequests() {
        ServiceProcess service = world.ready("bastion");
        Map<String, String> many = new HashMap<>();
        for (int file = 0; file < 5_000; file++) {
            many.put("docs/" + file % 50 + "/" + file + ".md", "text");
        }
        PullRequest large = propose("large", "Large", Map.of(LedgerRemote.path("prod"), "#".repeat(12_000_000)));
        PullRequest wide = propose("wide", "Wide", many);
        PullRequest wordy = propose("long", "Long\n\n" + "A: b\n".repeat(400_000), Map.of("README.md", "x"));
        open("30s");
        await().untilAsserted(() -> assertThat(policyStatus(large)).startsWith("failure"));
        await().untilAsserted(() ->
                assertThat(policyStatus(wide)).startsWith("failure").contains("more than 3000 files"));
        await().untilAsserted(() -> assertThat(policyStatus(wordy)).startsWith("success"));
        expiresOnTime();
        assertThat(service.isAlive()).isTrue();
        assertThat(service.isReady()).isTrue();
    }

    @Test
    void aGrantEndsOnTimeBesideHostileCommitsAlsoAfterAStart() {
        ServiceProcess first = world.ready("bastion");
        open("90s");
        String prod = LedgerRemote.path("prod");
        world.ledger()
                .push(
                        "Far\n\nReason: " + "fixes #1 ".repeat(30_000),
                        Map.of(
                                prod,
                                world.ledger()
                                        .openedByHand("prod", "U23456789", "jane.roe", "+1000000000-01-01T00:00:00Z")));
        world.ledger().push("Giant", Map.of(prod, world.ledger().file("prod").replace("= 1", "= 1e99999999999")));
        world.ledger().push("Large", Map.of(prod, "#".repeat(12_000_000)));
        world.ledger().push("No policy", Map.of("environments/access-policy.yaml", "[".repeat(100_000)));
        first.kill();
        ServiceProcess second = world.ready("bastion");
        expiresOnTime();
        assertThat(second.isAlive()).isTrue();
        await().untilAsserted(() -> assertThat(String.join("\n", second.log())).contains("policy.broken"));
    }
}
