package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.github.MergeRules;
import dev.bastion.github.PullRequest;
import dev.bastion.ledger.FakeForge;
import dev.bastion.ledger.ForgeAccount;
import dev.bastion.ledger.ForgePull;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.GrantLedgerContract;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract where nobody may push to the branch, and every entry goes through a pull request. */
class PullRequestPushTest implements GrantLedgerContract {
    @TempDir
    private Path directory;

    private LedgerWorld world;
    private FakeForge forge;
    private ForgeAccount account;
    private GitGrantLedger ledger;
    private int clones;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        forge = new FakeForge(world.remote);
        account = forge.as("bastion[bot]");
        ledger = world.through(account, "clone");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Override
    public GrantLedger ledger() {
        return ledger;
    }

    @Override
    public GrantLedger readByAnotherProcess() {
        return world.through(forge.as("bastion[bot]"), "other-" + clones++);
    }

    @Test
    void anEntryIsAMergedPullRequestThatSaysWhatThePolicySays() {
        CommitId before = world.remote.head();
        RecordResult.Recorded result = recorded(ledger.record(open(DEV, "one")));
        assertThat(result.repeated()).isFalse();
        assertThat(result.commit()).isEqualTo(world.remote.head());
        ForgePull pull = forge.pull(1);
        assertThat(pull.branch).isEqualTo("bastion/ledger/" + before.brief());
        assertThat(pull.state).isInstanceOf(PullRequest.State.Merged.class);
        assertThat(forge.statuses.get(pull.head)).singleElement().satisfies(status -> {
            assertThat(status.context()).isEqualTo("bastion/policy");
            assertThat(status.by()).isEqualTo("bastion[bot]");
        });
        assertThat(forge.branches("bastion/")).isEmpty();
        assertThat(world.remote.subjects())
                .containsExactly("bastion(dev): open for john.doe until 2026-01-15T14:00:00Z", "Environments");
    }

    @Test
    void aReversionRestoresTheFile() {
        String before = world.remote.blobOf(pathOf(DEV));
        Grant grant = recorded(ledger.record(open(DEV, "one"))).grant();
        ledger.record(expire(grant));
        assertThat(world.remote.blobOf(pathOf(DEV))).isEqualTo(before);
    }

    @Test
    void aCommitJustBeforeTheMergeDoesNoHarm() {
        account.before("merge", () -> world.remote.commit("Faster", "README.md", "faster"));
        recorded(ledger.record(open(DEV, "one")));
        assertThat(world.remote.subjects())
                .containsExactly(
                        "bastion(dev): open for john.doe until 2026-01-15T14:00:00Z", "Faster", "Environments");
    }

    @Test
    void somebodyWhoTookThePlaceMeanwhileIsNotOverwritten() {
        account.before(
                "merge",
                () -> world.remote.commit(
                        "Jane first", pathOf(DEV), Samples.openFile("dev", Samples.JANE, NOON, Samples.TWO)));
        assertThat(ledger.record(open(DEV, "one"))).isInstanceOf(RecordResult.Conflict.class);
        assertThat(forge.pull(1).isOpen()).isFalse();
        assertThat(forge.branches("bastion/")).isEmpty();
    }

    /** A rule that refuses the merge refuses every other one: no attempt is made that cannot succeed. */
    @Test
    void aRuleThatRefusesTheMergeIsARefusalWithItsRemedyAndNoLostRace() {
        forge.refusal = Optional.of("Repository rule violations found: At least 1 approving review is required");
        forge.mergeRules = new MergeRules(
                List.of(new MergeRules.Binding(false, List.of("approving review"), "let the service bypass the rule")));
        assertThatThrownBy(() -> ledger.record(open(DEV, "one")))
                .isInstanceOfSatisfying(LedgerRejected.class, thrown -> {
                    assertThat(thrown.refused().answered()).contains("At least 1 approving review is required");
                    assertThat(thrown.refused().remedy()).isEqualTo("let the service bypass the rule");
                });
        assertThat(account.calls).filteredOn("create"::equals).hasSize(1);
        assertThat(forge.pull(1).isOpen()).isFalse();
        assertThat(forge.branches("bastion/")).isEmpty();
        forge.refusal = Optional.empty();
        recorded(ledger.record(open(DEV, "one")));
    }

    @Test
    void whoDiesInBetweenLeavesNothingBehindForLong() {
        account.dieBefore("merge");
        assertThatThrownBy(() -> ledger.record(open(DEV, "one"))).isInstanceOf(LedgerUnreachable.class);
        account.respondAgain();
        assertThat(forge.pull(1).isOpen()).isTrue();
        var proposals = ledger.forge(account, Samples.parsers(_ -> Samples.policy()), () -> forge.now, "ci")
                .proposals();
        proposals.look();
        forge.now = NOON.plus(Duration.ofMinutes(3));
        proposals.look();
        assertThat(forge.pull(1).isOpen()).isFalse();
        assertThat(forge.branches("bastion/")).isEmpty();
        assertThat(ledger.read().openGrants()).isEmpty();
    }

    @Test
    void aLostAnswerMakesNoSecondEntry() {
        account.dieAfter("merge");
        RecordResult.Recorded result = recorded(ledger.record(open(PROD, "one")));
        assertThat(world.remote.subjects()).hasSize(2);
        assertThat(result.commit()).isEqualTo(world.remote.head());
    }
}
