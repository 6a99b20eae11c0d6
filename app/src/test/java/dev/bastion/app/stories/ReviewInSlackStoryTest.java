package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.LedgerRemote;
import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.slack.view.ModalView;
import dev.bastion.sandbox.world.SigningKey;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approvers who decide in Slack, with the service as a process and a ledger whose entries are signed. */
class ReviewInSlackStoryTest {
    private static final String POLICY =
            LedgerRemote.POLICY.replace("defaults:\n", "defaults:\n  approve_in: [github, slack]\n");

    @TempDir
    private Path folder;

    private final ServiceWorld world = new ServiceWorld();
    private Map<String, String> signing = Map.of();

    @BeforeEach
    void start() {
        Path key = SigningKey.in(folder).file();
        signing = Map.of("BASTION_SIGNING_KEY_FILE", key.toString());
        world.ledger().push("approvals in Slack", Map.of("environments/access-policy.yaml", POLICY));
        run("bastion");
    }

    private ServiceProcess run(String name) {
        ServiceProcess service = world.start(name, signing);
        await("service " + name + " ready").until(service::isReady);
        return service;
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private PullRequest asked() {
        world.as("john.doe").command("/bastion", "create prod 1h INC-13 replay the failed payouts");
        await().until(() -> world.openPullRequest().isPresent()
                && world.slack().dms("jane.roe").stream()
                        .anyMatch(message -> message.blocks().toString().contains("proposal_approve")));
        return world.openPullRequest().orElseThrow();
    }

    private ModalView opened(String action) {
        world.as("jane.roe")
                .click(world.slack().dms("jane.roe").getLast(), action)
                .acknowledged();
        await().until(() -> world.slack().modal("jane.roe").isPresent());
        return world.slack().modal("jane.roe").orElseThrow();
    }

    @Test
    void anApprovalInSlackOpensAccessAlsoWhenAnotherProcessFindsIt() {
        PullRequest pull = asked();
        ModalView form = opened("proposal_approve");
        assertThat(form.blocks().toString()).contains("INC-13", "john.doe");
        world.as("jane.roe").submit(form, Map.of()).acknowledged();
        world.awaitStage("ready");
        assertThat(world.ledger().isOpen("prod")).isTrue();
        assertThat(world.ledger().lastMessage("approve"))
                .contains("Approved-By: jane.roe <")
                .contains(" in Slack at ")
                .contains("Approves-Head: " + pull.head());
        assertThat(world.ledger().lastMessage("start")).contains("Approved-In-Slack: jane.roe <");
    }

    @Test
    void aDenialInSlackClosesThePullRequestAndTheRequesterReadsWhy() {
        asked();
        ModalView form = opened("proposal_deny");
        world.as("jane.roe")
                .submit(form, Map.of("words", "not before the release"))
                .acknowledged();
        await().untilAsserted(() ->
                assertThat(world.directMessagesTo("john.doe")).contains("denied it", "not before the release"));
        await().until(() -> world.openPullRequest().isEmpty());
        assertThat(world.ledger().isOpen("prod")).isFalse();
        assertThat(world.ledger().lastMessage("deny"))
                .contains("Denied-By: jane.roe <", "Words: not before the release");
    }
}
