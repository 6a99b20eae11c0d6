package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.LedgerRemote;
import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset;
import dev.bastion.sandbox.slack.conversation.Message;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that need approval, with the service as a process and a forge over its protocols. */
class ApprovalStoryTest {
    private static final String CREATE = "create prod 1h INC-13 replay the failed payouts";

    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aRequestApprovedByAnotherPersonIsOpenedEndedAndRecordedInGit() {
        String before = world.ledger().file("prod");
        world.ready("bastion");
        PullRequest pull = asked();
        assertThat(pull.author().login()).isEqualTo("bastion[bot]");
        await().untilAsserted(
                        () -> assertThat(world.directMessagesTo("jane.roe")).contains("prod"));

        world.at("johndoe").approve(pull.number(), "fine");
        await().untilAsserted(
                        () -> assertThat(world.channel().getFirst().readable()).contains("johndoe"));
        assertThat(world.ledger().isOpen("prod")).isFalse();

        world.at("janeroe").approve(pull.number(), "");
        world.awaitStage("ready");
        assertThat(world.channel()).as("one message from asking to open").hasSize(1);
        String opened = world.ledger().lastMessage("open");
        assertThat(opened)
                .contains("Approved-By: jane.roe <U23456789>")
                .contains("janeroe")
                .contains("PR #" + pull.number())
                .containsPattern("Approved-At: 20[0-9-]+T[0-9:]+Z");
        assertThat(world.ledger().count("start")).isEqualTo(1);
        await("the last word on what was merged")
                .untilAsserted(
                        () -> assertThat(policyStatus(pull)).isEqualTo("success opens prod, approved by janeroe"));

        world.as("john.doe").command("/bastion", "destroy prod");
        world.awaitStage("gone");
        assertThat(policyStatus(pull)).isEqualTo("success opens prod, approved by janeroe");
        assertThat(world.ledger().file("prod")).isEqualTo(before);
        await("what was observed is in the ledger")
                .until(() ->
                        world.ledger().count("ready") == 1 && world.ledger().count("gone") == 1);
        assertThat(world.ledger().lastMessage("ready"))
                .contains("Instance: i-")
                .containsPattern("After-Opening: PT\\d+S");
        assertThat(world.ledger().lastMessage("gone"))
                .contains("Last-Seen-At: ")
                .contains("Gone-By: ");
    }

    @Test
    void twoServicesDecideAProposalOnce() {
        world.ready("one");
        world.ready("two");
        world.at("janeroe").approve(asked().number(), "");
        world.awaitStage("ready");
        assertThat(world.ledger().count("open")).isEqualTo(1);
        assertThat(world.ledger().count("start")).isEqualTo(1);
        assertThat(world.channel()).hasSize(1);
    }

    @Test
    void aServiceKilledBeforeTheStartEntryWritesItAfterARestart() {
        ServiceProcess first = world.ready("bastion");
        PullRequest pull = asked();
        world.ledger().server().faults().refusePushes("GH013: Repository rule violations found");
        world.at("janeroe").approve(pull.number(), "");
        await().until(() -> world.ledger().count("open") == 1);
        first.kill();
        assertThat(world.ledger().count("start")).isZero();
        world.ledger().server().faults().acceptPushes();
        world.ready("bastion");
        await().until(() -> world.ledger().count("start") == 1);
        world.awaitStage("ready");
        assertThat(world.ledger().count("open")).isEqualTo(1);
    }

    @Test
    void aForgeOutageDelaysApprovalAndExpiryWithoutDuplicates() {
        world.ready("bastion");
        world.as("john.doe").command("/bastion", "create dev 45s INC-12");
        await().until(() -> world.ledger().isOpen("dev"));
        PullRequest pull = asked();
        // the plan status must exist before the outage: approval waits for it
        await().until(() -> world.ledger().server().statuses(pull.head()).stream()
                .anyMatch(status -> status.context().equals("bastion/plan/prod")));
        world.at("janeroe").approve(pull.number(), "");
        world.ledger().server().down();
        world.as("jane.roe").command("/bastion", "create prod 1h me too");
        await().untilAsserted(() -> assertThat(world.ephemeralsTo("jane.roe")).containsPattern("(?i)again|later"));
        await().until(() -> world.ledger().secondsSinceTheEndOf("dev") > 3);
        world.ledger().server().up();
        await().until(() -> world.ledger().count("expire") == 1);
        await().until(() -> world.ledger().count("start") == 1);
        assertThat(world.ledger().count("open")).as("dev and prod, once each").isEqualTo(2);
    }

    @Test
    void aClosedPullRequestIsDeniedAndAWithdrawnOneIsWithdrawn() {
        world.ready("bastion");
        world.at("janeroe").close(asked().number());
        world.awaitStage("denied");
        await().until(() -> world.ledger().count("deny") == 1);
        assertThat(world.ledger().lastMessage("deny"))
                .contains("Denied-By: jane.roe <U23456789> (janeroe)")
                .contains("Proposed-In: http");
        assertThat(world.channel().getFirst().readable()).contains("jane.roe");

        world.as("john.doe").command("/bastion", CREATE);
        await().untilAsserted(() -> assertThat(world.ephemeralsTo("john.doe")).contains("ask_again_after"));

        world.as("jane.roe").command("/bastion", CREATE);
        await().until(() -> world.openPullRequest().isPresent());
        PullRequest again = world.openPullRequest().orElseThrow();
        world.as("jane.roe").command("/bastion", "destroy prod");
        world.awaitStage("withdrawn");
        await().until(() -> world.ledger().count("withdraw") == 1);
        await().until(() -> !world.ledger()
                .server()
                .github()
                .pullRequest(again.number())
                .orElseThrow()
                .isOpen());
        assertThat(world.ledger().count("open")).isZero();
    }

    @Test
    void aBranchChangedAfterItsApprovalIsRefused() {
        world.ready("bastion");
        PullRequest pull = asked();
        world.ledger().pushTo(pull.branch(), "One more", Map.of(LedgerRemote.path("dev"), "deploy_bastion = 1\n"));
        world.at("janeroe").approve(pull.number(), "");
        world.awaitStage("refused");
        await().until(() -> world.ledger().count("refuse") == 1);
        assertThat(world.ledger().count("open")).isZero();
        assertThat(world.ledger().isOpen("prod")).isFalse();
    }

    @Test
    void breakGlassNotifiesApproversAndIsApprovedRetroactively() {
        world.ready("bastion");
        world.as("john.doe").command("/bastion", "create prod --break-glass 20m INC-14 payments are down");
        await().until(() -> world.ledger().isOpen("prod"));
        assertThat(world.ledger().lastMessage("open")).contains("Break-Glass: yes");
        await().until(() -> world.slack().dms("jane.roe").stream()
                .anyMatch(message -> message.actions().contains("grant_endorse")));
        Message asked = world.slack().dms("jane.roe").stream()
                .filter(message -> message.actions().contains("grant_endorse"))
                .findFirst()
                .orElseThrow();
        world.as("jane.roe").click(asked, "grant_endorse");
        await().until(() -> world.ledger().count("approve") == 1);
        assertThat(world.ledger().lastMessage("approve")).contains("Approved-By: jane.roe <U23456789>");
    }

    @Test
    void anUnapprovedGrantRaisesAnAlarmWithAnEndButton() {
        world.ready("bastion");
        String open = world.ledger().openedByHand("prod", "U12345678", "john.doe", "2096-01-15T12:30:00Z");
        world.ledger().push("I just need it", Map.of(LedgerRemote.path("prod"), open));
        await().until(() -> world.channel().stream().anyMatch(ApprovalStoryTest::isAlarm));
        Message alarm = world.channel().stream()
                .filter(ApprovalStoryTest::isAlarm)
                .findFirst()
                .orElseThrow();
        world.as("jane.roe").click(alarm, "grant_end");
        await().until(() -> world.ledger().count("end") == 1);
        assertThat(world.ledger().isOpen("prod")).isFalse();
    }

    private static boolean isAlarm(Message message) {
        return message.readable().contains("against the policy");
    }

    @Test
    void aRuleThatBlocksTheServiceIsReportedAtStart() {
        world.ledger()
                .server()
                .github()
                .addRuleset(Ruleset.ofDefaultBranch("protect main", new Rule.NeedsPullRequest(1, true)));
        ServiceProcess service = world.start("bastion");
        await().until(() -> service.log().stream()
                .anyMatch(line -> line.contains("installation.problem") && line.contains("Bypass list")));
        await().until(() ->
                world.channel().stream().anyMatch(message -> message.readable().contains("Bypass list")));
    }

    @Test
    void withoutPushAccessEveryEntryIsMergedThroughAPullRequest() {
        String before = world.ledger().file("dev");
        world.ledger()
                .server()
                .github()
                .addRuleset(Ruleset.ofDefaultBranch(
                        "protect main",
                        new Rule.NeedsPullRequest(0, false),
                        new Rule.NeedsChecks(List.of("bastion/policy"), false)));
        ServiceProcess service = world.start("bastion", Map.of("BASTION_LEDGER_REVERSIONS", "pull-request"));
        await().until(service::isReady);
        world.as("john.doe").command("/bastion", "create dev 15s INC-12");
        await().until(() -> world.ledger().isOpen("dev"));
        await().until(() -> world.ledger().count("expire") == 1);
        assertThat(world.ledger().file("dev")).isEqualTo(before);
        assertThat(world.ledger().server().github().pullRequests())
                .as("one for what was opened, one for what was closed, and none is left")
                .hasSize(2)
                .noneMatch(PullRequest::isOpen);
        await("what was observed is in notes, which need no pull request").until(() -> notes() >= 1);
    }

    /** How many notes have been pushed. */
    private long notes() {
        try (Git git = Git.open(world.ledger().server().repository().folder().toFile())) {
            ObjectId head = git.getRepository().resolve("refs/notes/bastion");
            return head == null
                    ? 0
                    : StreamSupport.stream(git.log().add(head).call().spliterator(), false)
                            .filter(commit -> commit.getFullMessage().contains("Bastion-Action: "))
                            .count();
        } catch (IOException | GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    private String policyStatus(PullRequest pull) {
        return world.ledger().server().statuses(pull.head()).stream()
                .filter(status -> status.context().equals("bastion/policy"))
                .findFirst()
                .map(status -> status.state() + " " + status.description())
                .orElse("none");
    }

    private PullRequest asked() {
        world.as("john.doe").command("/bastion", CREATE);
        await().until(() -> world.openPullRequest().isPresent());
        return world.openPullRequest().orElseThrow();
    }
}
