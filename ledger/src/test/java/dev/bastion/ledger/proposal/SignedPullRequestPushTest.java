package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.github.PullRequest;
import dev.bastion.ledger.FakeForge;
import dev.bastion.ledger.ForgeAccount;
import dev.bastion.ledger.ForgeMerge;
import dev.bastion.ledger.ForgePull;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.GrantLedgerContract;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.SigningKeys;
import dev.bastion.ledger.git.signature.FileKeySigner;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract where every entry goes through a pull request, and its signature must survive the merge. */
class SignedPullRequestPushTest implements GrantLedgerContract {
    @TempDir
    private Path directory;

    private LedgerWorld world;
    private FakeForge forge;
    private ForgeAccount account;
    private FileKeySigner signer;
    private GitGrantLedger ledger;
    private int clones;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        forge = new FakeForge(world.remote);
        account = forge.as("bastion[bot]");
        signer = SigningKeys.newKey(directory.resolve("key"));
        ledger = through(account, "clone");
        ledger.beginSigning(NOON);
    }

    private GitGrantLedger through(ForgeAccount as, String clone) {
        return world.through(as, clone, SigningKeys.trusting(signer));
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
        return through(forge.as("bastion[bot]"), "other-" + clones++);
    }

    @Test
    void theSignedCommitIsTheMergedHeadAndReadsAsTheEntry() {
        RecordResult.Recorded result = recorded(ledger.record(open(DEV, "one")));
        assertThat(result.repeated()).isFalse();
        assertThat(result.grant().madeByHand()).isFalse();
        assertThat(result.grant().reason().text()).isEqualTo("INC-12 slow query on orders");
        assertThat(result.commit()).isEqualTo(world.remote.head());
        assertThat(forge.pull(2).state).isInstanceOf(PullRequest.State.Merged.class);
        assertThat(forge.branches("bastion/")).isEmpty();
        assertThat(readByAnotherProcess().read().openGrants()).containsExactly(result.grant());
    }

    @Test
    void aReversionRestoresTheFile() {
        String before = world.remote.blobOf(pathOf(DEV));
        Grant grant = recorded(ledger.record(open(DEV, "one"))).grant();
        ledger.record(expire(grant));
        assertThat(world.remote.blobOf(pathOf(DEV))).isEqualTo(before);
        assertThat(readByAnotherProcess().history(DEV, 1).getFirst().end()).isInstanceOf(End.Expired.class);
    }

    @Test
    void aCommitJustBeforeTheMergeDoesNoHarm() {
        account.before("merge", () -> world.remote.commit("Faster", "README.md", "faster"));
        Grant grant = recorded(ledger.record(open(DEV, "one"))).grant();
        assertThat(grant.madeByHand()).isFalse();
        assertThat(readByAnotherProcess().read().openGrants()).containsExactly(grant);
    }

    @Test
    void severalEntriesOfOneMergeCountInTheirOrder() {
        List<CompletableFuture<RecordResult>> results = Stream.of(DEV, PROD)
                .map(environment -> CompletableFuture.supplyAsync(() -> ledger.record(open(environment, "one"))))
                .toList();
        results.forEach(result -> recorded(result.join()));
        List<Grant> grants = ledger.read().openGrants();
        assertThat(grants).hasSize(2).noneMatch(Grant::madeByHand);
        assertThat(readByAnotherProcess().read().openGrants()).isEqualTo(grants);
    }

    /** A pull request that the service gave up, merged by a person after the service had written something else. */
    @Test
    void aGivenUpPullRequestThatIsMergedLaterIsAManualEdit() {
        account.dieBefore("merge");
        assertThatThrownBy(() -> ledger.record(open(DEV, "one"))).isInstanceOf(LedgerUnreachable.class);
        account.respondAgain();
        ForgePull givenUp = forge.pull(2);
        forge.push("kept", givenUp.head);
        forge.close(2, "bastion[bot]");
        forge.deleteBranch(givenUp.branch);
        recorded(ledger.record(open(PROD, "other")));
        ForgePull again = forge.open("mallory", "kept", "Innocent", "");
        forge.merge(again.number, "mallory", ForgeMerge.Way.MERGE, again.head, "Merge pull request");
        Grant grant = readByAnotherProcess().read().openGrants().stream()
                .filter(found -> found.environment().equals(DEV))
                .findFirst()
                .orElseThrow();
        assertThat(grant.madeByHand()).isTrue();
        assertThat(grant.request()).isNotEqualTo(RequestId.derivedFrom("one"));
    }

    @Test
    void aLostAnswerMakesNoSecondEntry() {
        account.dieAfter("merge");
        RecordResult.Recorded result = recorded(ledger.record(open(PROD, "one")));
        assertThat(result.commit()).isEqualTo(world.remote.head());
        assertThat(forge.all()).hasSize(2);
    }
}
