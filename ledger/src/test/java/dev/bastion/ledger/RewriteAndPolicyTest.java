package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyParser;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.ledger.git.object.ReadBudget;
import dev.bastion.ledger.write.LedgerSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rewritten histories, broken clones and invalid policies. */
class RewriteAndPolicyTest {
    private static final String POLICY = "environments/access-policy.yaml";

    @TempDir
    private Path directory;

    private LedgerWorld world;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aRewrittenHistoryRaisesAnAlarmAndTheServiceContinues() {
        GitGrantLedger ledger = world.onDisk("clone");
        Grant grant = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        CommitId now = world.remote.squash();
        assertThat(ledger.read().head()).isEqualTo(now);
        assertThat(world.alarms.raised)
                .containsExactly("rewritten " + grant.openedBy().brief() + " " + now.brief());
        assertThat(ledger.read().openGrants()).singleElement().satisfies(still -> {
            assertThat(still.holder()).isEqualTo(grant.holder());
            assertThat(still.expiresAt()).isEqualTo(grant.expiresAt());
        });
        assertThat(ledger.record(expire(ledger.read().openGrants().getFirst())))
                .isInstanceOf(RecordResult.Recorded.class);
        assertThat(world.alarms.raised).hasSize(1);
    }

    @Test
    void whatARewrittenHistoryStillHasIsStillKnown() {
        GitGrantLedger ledger = world.onDisk("clone");
        Grant past = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        ledger.record(expire(past));
        CommitId kept = world.remote.head();
        world.remote.commit("Dropped", "README.md", "more");
        ledger.read();
        world.remote.moveBranchTo(kept);
        assertThat(ledger.read().head()).isEqualTo(kept);
        ledger.close();
        GitGrantLedger again = world.onDisk("clone");
        assertThat(again.read().head()).isEqualTo(kept);
        assertThat(again.endedSince(Instant.EPOCH))
                .singleElement()
                .satisfies(ended -> assertThat(ended.grant().request()).isEqualTo(past.request()));
    }

    @Test
    void aHistoryRewrittenWhileTheServiceWasDownIsNoticed() {
        world.onDisk("clone").close();
        world.remote.squash();
        world.onDisk("clone");
        assertThat(world.alarms.raised).singleElement().asString().startsWith("rewritten ");
    }

    @Test
    void commitsOnTopAreNoRewrite() {
        world.onDisk("clone").close();
        world.remote.commit("More", "README.md", "more");
        world.onDisk("clone").read();
        assertThat(world.alarms.raised).isEmpty();
    }

    /** Another line's merge of the branch: a push that git calls a fast-forward. */
    private CommitId putAside(CommitId fork) {
        CommitId own = world.remote.commitOffBranch(Map.of("README.md", "mine"), fork);
        CommitId merge = world.remote.commitOffBranch(Map.of("README.md", "both"), own, world.remote.head());
        world.remote.moveBranchTo(merge);
        return merge;
    }

    @Test
    void aMergeThatPutsTheLastSeenHeadBesideTheLineIsARewrite() {
        GitGrantLedger ledger = world.onDisk("clone");
        CommitId fork = world.remote.head();
        ledger.record(expire(((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant()));
        CommitId seen = world.remote.head();
        CommitId merge = putAside(fork);
        assertThat(ledger.read().head()).isEqualTo(merge);
        assertThat(world.alarms.raised).containsExactly("put aside " + seen.brief() + " " + merge.brief());
        assertThat(ledger.endedSince(Instant.EPOCH)).isEmpty();
        world.remote.commit("More", "README.md", "more");
        ledger.read();
        assertThat(world.alarms.raised).hasSize(1);
    }

    @Test
    void suchAMergeWhileTheServiceWasDownIsNoticed() {
        CommitId fork = world.remote.head();
        GitGrantLedger ledger = world.onDisk("clone");
        ledger.record(open(DEV, "one"));
        CommitId seen = world.remote.head();
        ledger.close();
        CommitId merge = putAside(fork);
        world.remote.commit("More", "README.md", "more");
        world.onDisk("clone").read();
        assertThat(world.alarms.raised)
                .containsExactly(
                        "put aside " + seen.brief() + " " + world.remote.head().brief());
        assertThat(world.remote.head()).isNotEqualTo(merge);
    }

    @Test
    void aMergeOntoTheBranchIsNoRewrite() {
        CommitId fork = world.remote.head();
        GitGrantLedger ledger = world.onDisk("clone");
        ledger.record(open(DEV, "one"));
        CommitId theirs = world.remote.commitOffBranch(Map.of("README.md", "theirs"), fork);
        CommitId updated = world.remote.commitOffBranch(Map.of(), theirs, world.remote.head());
        world.remote.moveBranchTo(world.remote.commitOffBranch(Map.of(), world.remote.head(), updated));
        assertThat(ledger.read().openGrants()).hasSize(1);
        ledger.close();
        world.onDisk("clone").read();
        assertThat(world.alarms.raised).isEmpty();
    }

    @Test
    void anUnreadableCloneIsClonedAgain() throws IOException {
        GitGrantLedger ledger = world.onDisk("clone");
        Grant grant = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        ledger.close();
        try (Stream<Path> files = Files.walk(world.clone("clone").resolve("objects"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        assertThat(world.onDisk("clone").read().state(DEV)).contains(new EnvironmentState.Open(grant));
    }

    @Test
    void aCloneThatBreaksWhileTheServiceRunsIsClonedAgain() throws IOException {
        GitGrantLedger ledger = world.onDisk("clone");
        Grant grant = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        try (Stream<Path> files = Files.walk(world.clone("clone").resolve("objects"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        assertThat(ledger.record(expire(grant))).isInstanceOf(RecordResult.Recorded.class);
        assertThat(world.remote.file(Samples.pathOf(DEV))).isEqualTo(Samples.closedFile("dev"));
    }

    @Test
    void aPolicyThatWasNeverValidFailsTheStartWhileNothingIsOpen() {
        PolicyParser invalid = _ -> {
            throw new PolicyProblems(List.of("one", "two"));
        };
        LedgerSettings settings = Samples.settings(world.remote.url(), world.clone("clone"));
        assertThatThrownBy(() -> world.open(settings, invalid))
                .isInstanceOfSatisfying(
                        PolicyProblems.class,
                        broken -> assertThat(broken.problems()).containsExactly("one", "two"));
        Grant grant = ((RecordResult.Recorded) world.onDisk("other").record(open(DEV, "one"))).grant();
        GitGrantLedger ledger = world.open(settings, invalid);
        assertThat(ledger.read().policy().mayRequest(Samples.JOHN, DEV)).isFalse();
        assertThat(ledger.record(expire(grant))).isInstanceOf(RecordResult.Recorded.class);
        assertThat(world.alarms.raised).containsExactly("policy [one, two]");
    }

    @Test
    void atAStartTheLastValidPolicyOfTheHistoryIsInForce() {
        Grant grant = ((RecordResult.Recorded) world.onDisk("other").record(open(DEV, "one"))).grant();
        world.remote.commit("Broken", POLICY, "broken");
        world.remote.commit("Aside", "README.md", "more");
        world.remote.commit("Broken in another way", POLICY, "thrown");
        world.remote.commit("Too large", POLICY, "#".repeat(ReadBudget.USUAL.blobBytes() + 1));
        GitGrantLedger ledger =
                world.open(Samples.settings(world.remote.url(), world.clone("clone")), RewriteAndPolicyTest::read);
        assertThat(ledger.read().policy()).isEqualTo(Samples.policy());
        assertThat(ledger.record(expire(grant))).isInstanceOf(RecordResult.Recorded.class);
        assertThat(world.alarms.raised).singleElement().asString().contains(POLICY + ": is larger than");
    }

    @Test
    void anInvalidPolicyLeavesTheLastValidOneInForce() {
        AtomicInteger reads = new AtomicInteger();
        PolicyParser reader = documents -> {
            reads.incrementAndGet();
            return read(documents);
        };
        LedgerSettings settings = Samples.settings(world.remote.url(), world.clone("clone"));
        GitGrantLedger ledger = world.open(settings, reader);
        AccessPolicy good = ledger.read().policy();
        world.remote.commit("Broken", POLICY, "broken");
        int before = reads.get();
        for (int i = 0; i < 3; i++) {
            assertThat(ledger.read().policy()).isEqualTo(good);
            world.remote.commit("More " + i, "README.md", "more " + i);
        }
        assertThat(world.alarms.raised).containsExactly("policy [one, two]");
        assertThat(reads.get() - before).isEqualTo(1);
    }

    private static AccessPolicy read(PolicyDocuments documents) {
        assertThat(documents.people()).isEmpty();
        String text = new String(documents.accessPolicy().orElseThrow(), StandardCharsets.UTF_8);
        if (text.equals("broken")) {
            throw new PolicyProblems(List.of("one", "two"));
        }
        if (text.equals("thrown")) {
            throw new StackOverflowError("deep");
        }
        return Samples.policy();
    }
}
