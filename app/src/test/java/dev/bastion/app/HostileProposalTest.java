package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.Grant;
import dev.bastion.app.world.LedgerRemote;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.status.CommitStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pull requests of a writer, all open at once beside a grant: each fails its check, and the grant ends at its time. */
class HostileProposalTest {
    @TempDir
    private Path folder;

    private static Map<String, Map<String, String>> proposals(LedgerRemote remote) {
        Map<String, Map<String, String>> proposals = new LinkedHashMap<>();
        String named = remote.openedByHand("prod", "U23456789", "jane.roe", "2096-01-15T12:30:00Z");
        proposals.put("somebody-elses-name", Map.of(LedgerRemote.path("prod"), named));
        proposals.put("own-root", Map.of("environments/dev/root.hcl", "remote_state {}\n"));
        proposals.put("own-root-beside", Map.of("environments/dev/bastion/root.hcl", "remote_state {}\n"));
        proposals.put("policy", Map.of("environments/access-policy.yaml", LedgerRemote.POLICY.replace(": 1", ": 0")));
        proposals.put("broken-policy", Map.of("environments/access-policy.yaml", "[".repeat(100_000)));
        proposals.put("people", Map.of("environments/people.yaml", "people: []\n"));
        proposals.put("layout", Map.of("ledger.yaml", "environments: [{path: \"infra/{name}/x.hcl\"}]\n"));
        proposals.put("workflow", Map.of(".github/workflows/apply.yml", "on: push\n"));
        proposals.put("signers", Map.of("environments/allowed_signers", "x ssh-ed25519 AAAA\n"));
        proposals.put("unreadable", Map.of(LedgerRemote.path("prod"), named.replace("2096-", "+1000000000-")));
        proposals.put("same-resources", Map.of(LedgerRemote.path("Prod"), named));
        proposals.put("lookalike", Map.of(LedgerRemote.path("-x"), named));
        proposals.put("bastion/prod/01JHR7Z9C0V6T1XK", Map.of(LedgerRemote.path("prod"), named));
        return proposals;
    }

    @Test
    void eachFailsItsCheckAndTheGrantEnds() {
        try (ReconcileWorld world = new ReconcileWorld(folder)) {
            String before = world.remote.file("dev");
            assertThat(world.ask("dev", "10m")).isInstanceOf(Outcome.Done.class);
            Grant grant = world.grant("dev").orElseThrow();
            Map<String, PullRequest> open = new LinkedHashMap<>();
            proposals(world.remote).forEach((branch, files) -> {
                world.remote.pushNew(branch, "Change", files);
                open.put(
                        branch,
                        world.remote
                                .server()
                                .github()
                                .as("johndoe")
                                .open(new NewPullRequest(branch, "", branch, "main")));
            });
            world.passFor(Duration.ofSeconds(30));
            world.skipTo(grant.expiresAt());
            world.passFor(Duration.ofSeconds(6));
            assertThat(world.remote.file("dev")).isEqualTo(before);
            assertThat(open)
                    .allSatisfy((branch, pull) ->
                            assertThat(status(world, pull)).as(branch).isIn("failure", "pending"));
            assertThat(world.shown.alarms()).isEmpty();
        }
    }

    private static String status(ReconcileWorld world, PullRequest pull) {
        return world.remote.server().statuses(pull.head()).stream()
                .filter(status -> status.context().equals("bastion/policy"))
                .findFirst()
                .map(CommitStatus::state)
                .orElse("none");
    }
}
