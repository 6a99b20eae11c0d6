package dev.bastion.ledger.audit;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.breakGlass;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.end;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.extend;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.openFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.audit.AccessInterval;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.Proved;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.RemoteRepository;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.SigningKeys;
import dev.bastion.ledger.entry.ObservationMessage;
import dev.bastion.ledger.git.signature.FileKeySigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of grant, made by the service or beside it, as an auditor reads it. */
class LedgerAuditTest {
    @TempDir
    private Path directory;

    private LedgerWorld world;
    private GitGrantLedger ledger;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        ledger = world.onDisk("clone");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Path remote() {
        return world.remote.repository().getDirectory().toPath();
    }

    private AuditedLedger audit() {
        AuditedLedger found = AuditedLedger.of(remote(), "", _ -> Samples.policyWithApprovals());
        List<Grant> open =
                world.onDisk("reader-" + System.identityHashCode(found)).read().openGrants();
        assertThat(found.grants().stream()
                        .filter(grant -> grant.ending().isEmpty())
                        .filter(grant -> grant.unmet().stream().noneMatch(text -> text.contains("could not be read")))
                        .map(GrantRecord::request))
                .as("open as the service reads it")
                .containsExactlyInAnyOrderElementsOf(
                        open.stream().map(Grant::request).toList());
        return found;
    }

    private RecordResult.Recorded record(LedgerChange change) {
        return (RecordResult.Recorded) ledger.record(change);
    }

    @Test
    void aGrantByPolicyHasEveryCommitThatProvesIt() {
        RecordResult.Recorded opened = record(open(DEV, "one"));
        RecordResult.Recorded extended = record(extend(opened.grant(), Duration.ofHours(1)));
        RecordResult.Recorded ended = record(expire(extended.grant()));
        GrantRecord grant = audit().only();
        assertThat(grant.environment()).isEqualTo(DEV);
        assertThat(grant.holder()).isEqualTo(JOHN);
        assertThat(grant.reason().text()).isEqualTo("INC-12 slow query on orders");
        assertThat(grant.isByHand()).isFalse();
        assertThat(grant.openedAt()).isEqualTo(NOON);
        assertThat(grant.requestedAt()).isEqualTo(NOON);
        assertThat(grant.openedBy()).isEqualTo(opened.commit());
        assertThat(grant.basis()).isEqualTo(new Proved<>(new ApprovalBasis.ByPolicy(), opened.commit()));
        assertThat(grant.unmet()).isEmpty();
        assertThat(grant.extensions()).singleElement().satisfies(move -> {
            assertThat(move.commit()).isEqualTo(extended.commit());
            assertThat(move.fact().by()).isEqualTo(JANE);
            assertThat(move.fact().newEnd()).isEqualTo(TWO.plusSeconds(3600));
            assertThat(move.fact().isByHand()).isFalse();
        });
        assertThat(grant.dueAt()).isEqualTo(TWO.plusSeconds(3600));
        assertThat(grant.ending())
                .contains(new Proved<>(
                        new GrantRecord.Ending(new End.Expired(), TWO.plusSeconds(3600), false), ended.commit()));
        assertThat(grant.access())
                .isEqualTo(new AccessInterval(NOON, Optional.of(TWO.plusSeconds(3600)), AccessInterval.Until.ENDED));
    }

    @Test
    void aGrantWithoutTheApprovalOfItsTimeSaysWhatIsMissing() {
        Grant grant = record(open(PROD, "one")).grant();
        assertThat(audit().only().unmet()).containsExactly("0 of 1 approval given.");
        record(end(grant, JANE));
        GrantRecord ended = audit().only();
        assertThat(ended.unmet()).containsExactly("0 of 1 approval given.");
        assertThat(ended.ending().orElseThrow().fact().end()).isEqualTo(new End.EndedBy(JANE));
    }

    @Test
    void breakGlassIsWithoutApprovalUntilSomebodyApprovesItLongAfter() {
        Grant used = record(breakGlass(PROD, "one")).grant();
        record(expire(used));
        for (int i = 0; i < 3; i++) {
            record(expire(record(open(PROD, "later " + i)).grant()));
        }
        GrantRecord before = audit().grants().stream()
                .filter(each -> each.request().equals(used.request()))
                .findFirst()
                .orElseThrow();
        assertThat(before.basis().fact()).isEqualTo(new ApprovalBasis.BreakGlass(Optional.empty()));
        CommitId approval = record(new LedgerChange.Approve(used, JANE, TWO)).commit();
        GrantRecord after = audit().grants().stream()
                .filter(each -> each.request().equals(used.request()))
                .findFirst()
                .orElseThrow();
        assertThat(after.basis()).isEqualTo(new Proved<>(new ApprovalBasis.BreakGlass(Optional.of(JANE)), approval));
        assertThat(after.unmet())
                .as("two hours, of one")
                .singleElement()
                .asString()
                .contains("1h");
    }

    @Test
    void aManualEditIsARowWithoutARequestFromItsCommitOn() {
        CommitId opened = world.remote.commit(
                "Open it", pathOf(PROD), openFile("prod-orders", JOHN, TWO.plusSeconds(3600), TWO.plusSeconds(7200)));
        CommitId moved = world.remote.commit(
                "A little more",
                pathOf(PROD),
                openFile("prod-orders", JOHN, TWO.plusSeconds(3600), TWO.plusSeconds(9000)));
        CommitId closed = world.remote.commit("Close it", pathOf(PROD), closedFile("prod-orders"));
        GrantRecord grant = audit().only();
        assertThat(grant.isByHand()).isTrue();
        assertThat(grant.openedAt()).as("not what the file claims").isEqualTo(NOON.minusSeconds(7200));
        assertThat(grant.openedBy()).isEqualTo(opened);
        assertThat(grant.unmet()).contains("0 of 1 approval given.");
        assertThat(grant.extensions()).singleElement().satisfies(move -> {
            assertThat(move.commit()).isEqualTo(moved);
            assertThat(move.fact().isByHand()).isTrue();
        });
        assertThat(grant.ending().orElseThrow().commit()).isEqualTo(closed);
        assertThat(grant.ending().orElseThrow().fact().isByHand()).isTrue();
    }

    @Test
    void anotherHolderInTheFileIsAnotherGrant() {
        world.remote.commit("Open it", pathOf(DEV), openFile("dev", JOHN, NOON, TWO));
        CommitId replaced = world.remote.commit("Mine", pathOf(DEV), openFile("dev", JANE, NOON, TWO));
        List<GrantRecord> grants = audit().grants();
        assertThat(grants).extracting(GrantRecord::holder).containsExactly(JOHN, JANE);
        assertThat(grants.getFirst().ending().orElseThrow().commit()).isEqualTo(replaced);
        assertThat(grants.getLast().ending()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsARowUntilItCan() {
        String broken = openFile("dev", JOHN, NOON, TWO).replace("\"" + TWO + "\"", "\"soon\"");
        CommitId opened = world.remote.commit("Open it", pathOf(DEV), broken);
        GrantRecord open = AuditedLedger.of(remote(), "", Samples.anyPolicy()).only();
        assertThat(open.openedBy()).isEqualTo(opened);
        assertThat(open.ending()).isEmpty();
        assertThat(open.unmet())
                .containsExactly("The file could not be read, so the ledger does not say who had access.");
        CommitId closed = world.remote.commit("Close it", pathOf(DEV), closedFile("dev"));
        GrantRecord over = audit().only();
        assertThat(over.ending().orElseThrow().commit()).isEqualTo(closed);
    }

    @Test
    void aGrantWhoseFileCannotBeReadGoesOn() {
        record(open(DEV, "one"));
        world.remote.commit(
                "Break it", pathOf(DEV), openFile("dev", JOHN, NOON, TWO).replace("\"" + TWO + "\"", "\"x\""));
        assertThat(AuditedLedger.of(remote(), "", Samples.anyPolicy()).only().ending())
                .isEmpty();
    }

    @Test
    void aRenamedEnvironmentIsTwoGrants() {
        record(open(DEV, "one"));
        String file = world.remote.file(pathOf(DEV));
        EnvironmentName other = new EnvironmentName("dev2");
        CommitId renamed =
                world.remote.commit("Rename it", Map.of(pathOf(DEV), RemoteRepository.REMOVED, pathOf(other), file));
        List<GrantRecord> grants =
                AuditedLedger.of(remote(), "", Samples.anyPolicy()).grants();
        assertThat(grants).extracting(GrantRecord::environment).containsExactlyInAnyOrder(DEV, other);
        GrantRecord second = grants.stream()
                .filter(each -> each.environment().equals(other))
                .findFirst()
                .orElseThrow();
        assertThat(second.isByHand()).isTrue();
        assertThat(second.openedBy()).isEqualTo(renamed);
        assertThat(grants.stream()
                        .filter(each -> each.environment().equals(DEV))
                        .findFirst()
                        .orElseThrow()
                        .ending())
                .as("nothing says that its bastion is gone")
                .isEmpty();
    }

    @Test
    void observationsOfAnUnsignedLedgerCountWhereTheirCommitHasNothingElse() {
        Grant grant = record(open(DEV, "one")).grant();
        Observation.Subject subject = new Observation.Subject(DEV, grant.request(), JOHN);
        Instance instance = new Instance("i-0123456789abcdef0", Optional.empty(), Optional.empty(), Optional.empty());
        Observation.Ready ready =
                new Observation.Ready(subject, NOON.plusSeconds(95), instance, Duration.ofSeconds(95));
        world.remote.commit(ObservationMessage.of(ready), "README.md", "more than a message\n");
        CommitId seen = world.remote.commit(ObservationMessage.of(ready), Map.of());
        record(expire(grant));
        Observation.Gone gone = new Observation.Gone(
                subject, TWO.plusSeconds(200), Optional.of(instance), Optional.empty(), new GoneSource.Service());
        CommitId absent = world.remote.commit(ObservationMessage.of(gone), Map.of());
        world.remote.commit(
                ObservationMessage.of(new Observation.Gone(
                        subject, TWO.plusSeconds(900), Optional.empty(), Optional.empty(), new GoneSource.Unknown())),
                Map.of());
        GrantRecord found = audit().only();
        assertThat(found.ready()).contains(new Proved<>(ready, seen));
        assertThat(found.gone()).as("the first counts").contains(new Proved<>(gone, absent));
        assertThat(found.access())
                .isEqualTo(new AccessInterval(NOON, Optional.of(TWO.plusSeconds(200)), AccessInterval.Until.GONE));
    }

    @Test
    void withSignaturesNothingThatAWriterWritesCounts() {
        FileKeySigner signer = SigningKeys.newKey(directory.resolve("key"));
        ledger = world.signing("signed", SigningKeys.trusting(signer));
        Grant grant = record(open(DEV, "one")).grant();
        Observation.Subject subject = new Observation.Subject(DEV, grant.request(), JOHN);
        world.remote.commit(
                ObservationMessage.of(new Observation.Gone(
                        subject, NOON.plusSeconds(1), Optional.empty(), Optional.empty(), new GoneSource.Service())),
                Map.of());
        record(expire(grant));
        String forged = world.remote.log().values().stream()
                .map(commit -> commit.getFullMessage())
                .filter(message -> message.contains("Bastion-Action: open"))
                .findFirst()
                .orElseThrow();
        CommitId byHand = world.remote.commit(forged, pathOf(DEV), openFile("dev", JOHN, NOON, TWO));
        AuditedLedger found = AuditedLedger.of(remote(), SigningKeys.line(signer), _ -> Samples.policyWithApprovals());
        assertThat(found.grants()).hasSize(2);
        assertThat(found.grants().getFirst().gone()).isEmpty();
        assertThat(found.grants().getFirst().isByHand()).isFalse();
        assertThat(found.grants().getLast().isByHand()).isTrue();
        assertThat(found.grants().getLast().openedBy()).isEqualTo(byHand);
        assertThat(AuditedLedger.of(
                                remote(),
                                SigningKeys.line(SigningKeys.newKey(directory.resolve("other"))),
                                Samples.anyPolicy())
                        .grants())
                .as("with another key, nothing is the service's")
                .hasSizeGreaterThan(1);
    }

    @Test
    void thePolicyOfTheCommitBeforeCounts() {
        world.remote.commit("Protect it", "environments/access-policy.yaml", "strict\n");
        record(end(record(open(PROD, "one")).grant(), JANE));
        CommitId both = world.remote.commit(
                "Loosen it, and open",
                Map.of(
                        "environments/access-policy.yaml",
                        "loose\n",
                        pathOf(PROD),
                        openFile("prod-orders", JOHN, NOON, TWO)));
        ledger.read();
        record(end(ledger.read().openGrants().getFirst(), JANE));
        record(open(PROD, "three"));
        world.remote.commit("Protect it again", "environments/access-policy.yaml", "strict\n");
        AuditedLedger found = AuditedLedger.of(
                remote(),
                "",
                documents -> documents
                                .accessPolicy()
                                .filter(bytes -> new String(bytes, StandardCharsets.UTF_8).equals("strict\n"))
                                .isPresent()
                        ? Samples.policyWithApprovals()
                        : Samples.policy());
        assertThat(found.grants()).hasSize(3);
        assertThat(found.grants().get(0).unmet()).as("strict").isNotEmpty();
        assertThat(found.grants().get(1).openedBy()).isEqualTo(both);
        assertThat(found.grants().get(1).unmet())
                .as("loosened by the very commit that opens")
                .isNotEmpty();
        assertThat(found.grants().get(2).unmet()).as("loose").isEmpty();
        assertThat(found.policyChanges())
                .extracting(change -> change.subject())
                .containsExactly("Environments", "Protect it", "Loosen it, and open", "Protect it again");
        assertThat(found.policyChanges().get(2).commit()).isEqualTo(both);
    }
}
