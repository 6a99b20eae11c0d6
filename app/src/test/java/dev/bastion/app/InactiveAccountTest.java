package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.app.world.LedgerRemote;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import dev.bastion.sandbox.github.pulls.PullRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** People whose account is not active any more, over git and GitHub: they hold nothing and approve nothing. */
class InactiveAccountTest {
    private static final String JOHN = "U12345678";
    private static final String JANE = "U23456789";
    /** By the default of {@code schedule.accounts_every}, and the second look. */
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(145);

    @TempDir
    private Path folder;

    private ReconcileWorld world;

    @BeforeEach
    void start() {
        world = new ReconcileWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Duration passUntil(BooleanSupplier isSo) {
        return world.passUntil(isSo, Duration.ofMinutes(10));
    }

    private boolean isOpen(String environment) {
        return world.grant(environment).isPresent();
    }

    private void open(String environment) {
        assertThat(world.ask(environment, "4h")).isInstanceOf(Outcome.Done.class);
        world.passFor(Duration.ofSeconds(30));
    }

    private PullRequest proposed() {
        assertThat(world.ask("prod", "1h")).isInstanceOf(Outcome.Proposed.class);
        PullRequest pull = world.waiting();
        world.remote.postPlanned(pull);
        world.passFor(Duration.ofSeconds(20));
        return pull;
    }

    private void approve(PullRequest pull) {
        world.remote.server().github().as("janeroe").approve(pull.number(), "");
        world.passFor(Duration.ofSeconds(30));
    }

    private String policyStatus(PullRequest pull) {
        PullRequest now =
                world.remote.server().github().pullRequest(pull.number()).orElseThrow();
        return world.remote.server().statuses(now.head()).stream()
                .filter(status -> status.context().equals("bastion/policy"))
                .findFirst()
                .map(status -> status.state() + " " + status.description())
                .orElse("none");
    }

    private List<UnmetRequirement> waitsFor() {
        return world.shown.proposalStages.getLast() instanceof ProposalStage.Waiting waiting
                ? waiting.reasons()
                : List.of();
    }

    @ParameterizedTest
    @EnumSource(
            value = InactiveAccount.class,
            names = {"SUSPENDED"},
            mode = EnumSource.Mode.EXCLUDE)
    void theGrantOfAHolderWhoseAccountIsNotActiveEndsAndTheEntrySaysWhy(InactiveAccount why) {
        String before = world.remote.file("dev");
        open("dev");
        world.accounts.set(JOHN, why);
        assertThat(passUntil(() -> !isOpen("dev"))).isLessThanOrEqualTo(ENDED_WITHIN);
        assertThat(world.remote.file("dev")).isEqualTo(before);
        assertThat(world.remote.lastMessage("end"))
                .contains("Ended-By: bastion <bastion>\n")
                .contains("Ended-Because: " + why.word() + "\n")
                .contains("their Slack account ");
        assertThat(world.shown.endedInactive).containsExactly("dev " + why);
        assertThat(world.readAtAStart(folder.resolve("other.git")).openGrants()).isEmpty();
    }

    @Test
    void oneLookAloneEndsNothing() {
        open("dev");
        world.accounts.set(JOHN, InactiveAccount.DEACTIVATED);
        long looks = looksAt(JOHN);
        passUntil(() -> looksAt(JOHN) > looks);
        world.accounts.activate(JOHN);
        world.passFor(Duration.ofMinutes(5));
        assertThat(isOpen("dev")).isTrue();
    }

    private long looksAt(String id) {
        return world.accounts.calls().stream().filter(id::equals).count();
    }

    @Test
    void whileSlackDoesNotAnswerAGrantStaysAndAnApprovalCounts() {
        open("dev");
        world.accounts.set(JOHN, InactiveAccount.DEACTIVATED);
        world.accounts.set(JANE, InactiveAccount.DEACTIVATED);
        world.accounts.down();
        approve(proposed());
        world.passFor(Duration.ofMinutes(5));
        assertThat(isOpen("dev")).isTrue();
        assertThat(isOpen("prod")).isTrue();
    }

    @Test
    void theApprovalOfADeactivatedApproverDoesNotCountAndTheProposalSaysWhy() {
        world.accounts.set(JANE, InactiveAccount.DEACTIVATED);
        PullRequest pull = proposed();
        approve(pull);
        assertThat(isOpen("prod")).isFalse();
        assertThat(waitsFor())
                .anyMatch(unmet ->
                        unmet instanceof UnmetRequirement.InactiveReviewer(var person, var login, InactiveAccount why)
                                && person.id().equals(JANE)
                                && login.equals("janeroe")
                                && why == InactiveAccount.DEACTIVATED);
        assertThat(policyStatus(pull)).startsWith("pending ");

        world.accounts.activate(JANE);
        assertThat(passUntil(() -> isOpen("prod"))).isLessThanOrEqualTo(ENDED_WITHIN);
    }

    @Test
    void theApprovalOfAnAccountThatGithubSuspendedDoesNotCount() {
        world.accounts.suspend("janeroe");
        approve(proposed());
        assertThat(isOpen("prod")).isFalse();
        assertThat(waitsFor())
                .anyMatch(unmet -> unmet instanceof UnmetRequirement.InactiveReviewer(var _, var _, var why)
                        && why == InactiveAccount.SUSPENDED);
    }

    @Test
    void aPersonWhoWaitsForApprovalAndIsDeactivatedIsRefused() {
        PullRequest pull = proposed();
        world.accounts.set(JOHN, InactiveAccount.DEACTIVATED);
        assertThat(passUntil(() -> !world.remote
                        .server()
                        .github()
                        .pullRequest(pull.number())
                        .orElseThrow()
                        .isOpen()))
                .isLessThanOrEqualTo(ENDED_WITHIN);
        approve(pull);
        assertThat(isOpen("prod")).isFalse();
    }

    @Test
    void aPullRequestMergedByHandWithTheReviewOfADeactivatedApproverIsAnAlarm() {
        world.accounts.set(JANE, InactiveAccount.DEACTIVATED);
        PullRequest pull = openedByHand();
        approve(pull);
        assertThat(policyStatus(pull)).startsWith("pending ");
        world.remote.server().github().as("johndoe").merge(pull.number());
        world.passFor(Duration.ofMinutes(2));
        assertThat(world.shown.isAlarmed("prod")).isTrue();
    }

    @Test
    void theSameWithAnActiveApproverIsNone() {
        PullRequest pull = openedByHand();
        approve(pull);
        assertThat(policyStatus(pull)).startsWith("success ");
        world.remote.server().github().as("johndoe").merge(pull.number());
        world.passFor(Duration.ofMinutes(2));
        assertThat(isOpen("prod")).isTrue();
        assertThat(world.shown.isAlarmed("prod")).isFalse();
    }

    /** A pull request of John's that gives him prod, in canonical shape. */
    private PullRequest openedByHand() {
        world.remote.push("The root", Map.of("environments/root.hcl", "remote_state {}\n"));
        String expires = world.now().plus(Duration.ofMinutes(50)).toString();
        String opened = world.remote
                .openedByHand("prod", JOHN, "john.doe", expires)
                .replace("2026-01-15T10:30:00Z", world.now().toString())
                .replace(
                        "inputs = {\n",
                        "terraform {\n  source = \"${get_repo_root()}/terraform-modules//bastion\"\n}\n\ninputs = {\n");
        world.remote.pushNew("by-hand", "Open prod", Map.of(LedgerRemote.path("prod"), opened));
        return world.remote.server().github().as("johndoe").open(new NewPullRequest("Open", "", "by-hand", "main"));
    }

    /** What was approved in time stays approved. */
    @Test
    void aGrantOutlivesTheAccountOfItsApprover() {
        approve(proposed());
        Grant grant = world.grant("prod").orElseThrow();
        world.accounts.set(JANE, InactiveAccount.DEACTIVATED);
        world.passFor(Duration.ofMinutes(10));
        assertThat(world.grant("prod")).contains(grant);
        assertThat(world.shown.isAlarmed("prod")).isFalse();
    }
}
