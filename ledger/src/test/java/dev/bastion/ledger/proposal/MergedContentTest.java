package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.ledger.ForgeMerge;
import dev.bastion.ledger.ForgePull;
import dev.bastion.ledger.ProposalWorld;
import dev.bastion.ledger.RemoteRepository;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.SigningKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Merges that do what the approved head does, and merges that do something else. */
class MergedContentTest {
    private static final Instant LATER = NOON.plus(Duration.ofHours(4));
    private static final String OPEN = Samples.openFile("prod-orders", JOHN, NOON, LATER);

    @AutoClose
    private final ProposalWorld world;

    private final ProposalWorld.Service service;
    private final RemoteRepository remote;

    MergedContentTest(@TempDir Path directory) {
        world = new ProposalWorld(directory);
        world.keys = SigningKeys.trusting(SigningKeys.newKey(directory.resolve("key")));
        service = world.service();
        remote = world.ledgers.remote;
    }

    @BeforeEach
    void read() {
        service.ledger.read();
    }

    private ForgePull pullRequest(Map<String, String> files) {
        return pullRequest(remote.commitOffBranch(files, remote.head()));
    }

    private ForgePull pullRequest(CommitId head) {
        world.forge.push("work", head);
        ForgePull pull = world.forge.open("johndoe", "work", "Work", "");
        world.forge.approve(pull.number, "janeroe");
        return pull;
    }

    /** Pushes a merge of the pull request's head whose tree is that of the branch with these files. */
    private void pushMerge(ForgePull pull, Map<String, String> files) {
        CommitId merge = remote.commitOffBranch(files, remote.head(), pull.head);
        remote.moveBranchTo(merge);
        world.forge.markMerged(pull.number, merge, "johndoe");
    }

    private void isUnapproved() {
        service.detectUnapprovedGrants();
        assertThat(service.notifications.alarms).hasSize(1);
        assertThat(service.grant().approvalBasis()).isNotInstanceOf(ApprovalBasis.Approved.class);
    }

    private void isApproved() {
        service.detectUnapprovedGrants();
        assertThat(service.notifications.alarms).isEmpty();
        assertThat(service.grant().approvalBasis()).isInstanceOf(ApprovalBasis.Approved.class);
    }

    @Test
    void theApprovalOfADocumentOpensNothing() {
        pushMerge(pullRequest(Map.of("README.md", "more")), Map.of("README.md", "more", pathOf(PROD), OPEN));
        isUnapproved();
    }

    @Test
    void norDoesTheApprovalOfAnotherEnvironment() {
        String dev = Samples.openFile("dev", JOHN, NOON, LATER);
        pushMerge(pullRequest(Map.of(pathOf(DEV), dev)), Map.of(pathOf(PROD), OPEN));
        isUnapproved();
    }

    @Test
    void theApprovalOfALittleMoreDoesNotMoveTheEndFurther() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        Grant grant = service.grant();
        String file = remote.file(pathOf(PROD));
        ForgePull more = pullRequest(Map.of(pathOf(PROD), until(file, grant, Duration.ofMinutes(30))));
        pushMerge(more, Map.of(pathOf(PROD), until(file, grant, Duration.ofHours(2))));
        service.detectUnapprovedGrants();
        assertThat(service.notifications.alarms).hasSize(1);
        assertThat(service.ledger.read().latestEnd(service.grant()).isApproved())
                .isFalse();
    }

    private static String until(String file, Grant grant, Duration more) {
        return file.replace(
                grant.expiresAt().toString(), grant.expiresAt().plus(more).toString());
    }

    /** The head was made when prod was open; the merge puts that back. */
    @Test
    void aMergeThatPutsAnOlderFileBackIsNotTheHeads() {
        remote.commit("By hand", pathOf(PROD), OPEN);
        ForgePull pull = pullRequest(Map.of("README.md", "more"));
        remote.commit("Ended", pathOf(PROD), Samples.closedFile("prod-orders"));
        pushMerge(pull, Map.of("README.md", "more", pathOf(PROD), OPEN));
        isUnapproved();
    }

    /** Approvers saw that dev closes as prod opens. */
    @Test
    void aMergeThatLeavesOutAFileIsNotTheHeads() {
        remote.commit("More", "docs/rules.md", "old");
        ForgePull pull = pullRequest(Map.of(pathOf(PROD), OPEN, "docs/rules.md", "new"));
        pushMerge(pull, Map.of(pathOf(PROD), OPEN));
        isUnapproved();
    }

    @ParameterizedTest
    @ValueSource(strings = {".github/workflows/apply.yml", "environments/access-policy.yaml", "docs/link"})
    void aMergeThatBringsAFileMoreIsNotTheHeads(String path) {
        Map<String, String> files = new HashMap<>(Map.of(pathOf(PROD), OPEN));
        ForgePull pull = pullRequest(files);
        files.put(path, path.endsWith("link") ? RemoteRepository.LINK + "../root.hcl" : "# more\n");
        pushMerge(pull, files);
        isUnapproved();
    }

    @Test
    void aSymbolicLinkIsNotTheFileWithItsText() {
        ForgePull pull = pullRequest(Map.of(pathOf(PROD), OPEN, "docs/a", "root.hcl"));
        pushMerge(pull, Map.of(pathOf(PROD), OPEN, "docs/a", RemoteRepository.LINK + "root.hcl"));
        isUnapproved();
    }

    /** Of the commits of one pull request, the last decides. */
    @Test
    void aCommitThatTheHeadTookBackIsNotApproved() {
        CommitId opens = remote.commitOffBranch(Map.of(pathOf(PROD), OPEN), remote.head());
        CommitId head = remote.commitOffBranch(
                Map.of(pathOf(PROD), Samples.closedFile("prod-orders"), "README.md", "more"), opens);
        ForgePull pull = pullRequest(head);
        remote.moveBranchTo(opens);
        world.forge.markMerged(pull.number, opens, "johndoe");
        isUnapproved();
    }

    @ParameterizedTest
    @EnumSource(ForgeMerge.Way.class)
    void everyWayToMergeCounts(ForgeMerge.Way way) {
        CommitId first = remote.commitOffBranch(Map.of("docs/a.md", "a"), remote.head());
        ForgePull pull = pullRequest(remote.commitOffBranch(Map.of(pathOf(PROD), OPEN), first));
        remote.commit("Meanwhile", Map.of("README.md", "more"));
        world.forge.merge(pull.number, "johndoe", way, pull.head, "Work");
        world.forge.deleteBranch("work");
        isApproved();
    }

    /** The branch moved other lines of the same file meanwhile. */
    @ParameterizedTest
    @EnumSource(ForgeMerge.Way.class)
    void otherLinesMayHaveMovedMeanwhile(ForgeMerge.Way way) {
        String closed = remote.file(pathOf(PROD));
        ForgePull pull = pullRequest(Map.of(pathOf(PROD), OPEN));
        remote.commit("Meanwhile", pathOf(PROD), "# more\n\n" + closed);
        world.forge.merge(pull.number, "johndoe", way, pull.head, "Work");
        assertThat(remote.file(pathOf(PROD))).startsWith("# more").contains(LATER.toString());
        isApproved();
    }

    /** Next to the values, git has a conflict; the values are the head's, and the rest is the branch's. */
    @Test
    void aConflictThatKeepsBothCounts() {
        String closed = remote.file(pathOf(PROD));
        ForgePull pull = pullRequest(Map.of(pathOf(PROD), OPEN));
        remote.commit("Meanwhile", pathOf(PROD), closed.replace("deploy_bastion", "# more\n  deploy_bastion"));
        pushMerge(pull, Map.of(pathOf(PROD), OPEN.replace("deploy_bastion", "# more\n  deploy_bastion")));
        isApproved();
    }

    @Test
    void aConflictThatAddsALineDoesNot() {
        String closed = remote.file(pathOf(PROD));
        ForgePull pull = pullRequest(Map.of(pathOf(PROD), OPEN));
        remote.commit("Meanwhile", pathOf(PROD), closed.replace("deploy_bastion", "# more\n  deploy_bastion"));
        pushMerge(pull, Map.of(pathOf(PROD), OPEN.replace("deploy_bastion", "# other\n  deploy_bastion")));
        isUnapproved();
    }

    /** GitHub lists every pull request whose head a commit contains. */
    @Test
    void ofSeveralPullRequestsTheOneThatFitsCounts() {
        ForgePull other = pullRequest(Map.of("README.md", "more"));
        remote.moveBranchTo(remote.commitOffBranch(Map.of("README.md", "more"), remote.head(), other.head));
        ForgePull pull = pullRequest(Map.of(pathOf(PROD), OPEN));
        pushMerge(pull, Map.of(pathOf(PROD), OPEN));
        ForgePull decoy = pullRequest(Map.of("docs/b.md", "b"));
        world.forge.markMerged(decoy.number, remote.head(), "johndoe");
        isApproved();
    }
}
