package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.ledger.git.signature.FileKeySigner;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the switch to signed entries stays, whatever happens to the history, the clone and the keys. */
class SwitchMemoryTest {
    @TempDir
    private Path directory;

    private LedgerWorld world;
    private TrustedKeys keys;
    private GitGrantLedger ledger;
    private CommitId theSwitch;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        keys = SigningKeys.trusting(SigningKeys.newKey(directory.resolve("key")));
        ledger = world.signing("clone", keys);
        theSwitch = world.remote.head();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static TrustedKeys since(CommitId commit, TrustedKeys keys) {
        return new TrustedKeys(keys.signer(), keys.others(), keys.principal(), Optional.of(commit));
    }

    static Grant recorded(GitGrantLedger ledger, LedgerChange change) {
        return ((RecordResult.Recorded) ledger.record(change)).grant();
    }

    private void forge(EnvironmentName environment, String more) {
        world.remote.commit(
                """
                bastion(%1$s): open for jane.roe until 2026-01-15T14:00:00Z

                jane.roe asked for %1$s for 2h

                Bastion-Action: open
                Bastion-Environment: %1$s
                Bastion-Request-Id: 01JHR7Z9C0V6T1XK
                Requested-By: jane.roe <U87654321>
                Reason: INC-1 forged
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T14:00:00Z
                %2$s""".formatted(environment, more),
                pathOf(environment),
                Samples.openFile(environment.resourceName(), JANE, NOON, TWO));
    }

    /** A history without the switch, in which a message of the right form opens dev. */
    private CommitId rewrite() {
        CommitId root = world.remote.orphan(Samples.environments());
        world.remote.moveBranchTo(root);
        forge(DEV, "Break-Glass: yes\n");
        return world.remote.head();
    }

    private static void assertNoEntry(GitGrantLedger reader) {
        assertThat(reader.read().openGrants()).singleElement().satisfies(grant -> {
            assertThat(grant.madeByHand()).isTrue();
            assertThat(grant.approvalBasis()).isInstanceOf(ApprovalBasis.Unconfirmed.class);
            assertThat(grant.reason().isGiven()).isTrue();
        });
    }

    @Test
    void noUnsignedMessageIsAnEntryAfterARewriteThatRemovesTheSwitch() {
        CommitId head = rewrite();
        assertNoEntry(ledger);
        assertThat(world.alarms.raised).containsExactly("rewritten " + theSwitch.brief() + " " + head.brief());
    }

    @Test
    void norAfterARewriteThatEndsBeforeTheSwitch() {
        world.remote.moveBranchTo(world.remote.log().keySet().stream().toList().getLast());
        forge(DEV, "Break-Glass: yes\n");
        assertNoEntry(ledger);
    }

    @Test
    void norAfterARestartWithTheSameClone() {
        ledger.close();
        rewrite();
        assertNoEntry(world.signing("clone", keys));
        ledger = world.signing("clone", keys);
        assertNoEntry(ledger);
    }

    @Test
    void norWhenTheServiceSignsOnTopOfTheRewrittenHistory() {
        rewrite();
        Grant forged = ledger.read().openGrants().getFirst();
        ledger.record(open(PROD, "one"));
        ledger.record(expire(forged));
        ledger.close();
        GitGrantLedger again = world.signing("clone", keys);
        assertThat(again.history(DEV, 1))
                .singleElement()
                .satisfies(past -> assertThat(past.grant()).isEqualTo(forged));
        assertThat(again.read().openGrants())
                .singleElement()
                .satisfies(grant -> assertThat(grant.madeByHand()).isFalse());
    }

    @Test
    void norForANewCloneWhereTheSettingsNameTheSwitch() {
        CommitId head = rewrite();
        assertNoEntry(world.signing("new", since(theSwitch, keys)));
        assertThat(world.alarms.raised).contains("rewritten " + theSwitch.brief() + " " + head.brief());
    }

    /** A stolen key is taken out: what others wrote while it was in use must not become entries by that. */
    @Test
    void norWhenTheKeyOfTheSwitchIsNoLongerTrusted() {
        forge(DEV, "Break-Glass: yes\n");
        ledger.read();
        ledger.close();
        FileKeySigner next = SigningKeys.newKey(directory.resolve("next"));
        assertNoEntry(world.signing("clone", SigningKeys.trusting(next)));
        assertNoEntry(world.signing("new", since(theSwitch, SigningKeys.trusting(next))));
    }

    @Test
    void whatStandsBeforeTheSwitchIsReadByItsForm() {
        world.remote.moveBranchTo(world.remote.log().keySet().stream().toList().getLast());
        GitGrantLedger unsigned = world.onDisk("unsigned");
        Grant grant = recorded(unsigned, open(DEV, "one"));
        GitGrantLedger switched = world.signing("switched", keys);
        CommitId now = world.remote.head();
        assertThat(switched.read().openGrants()).isEqualTo(List.of(grant));
        assertThat(world.signing("known", since(now, keys)).read().openGrants()).isEqualTo(List.of(grant));
    }
}
