package dev.bastion.ledger.audit;

import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.ledger.ForgeMerge;
import dev.bastion.ledger.ForgePull;
import dev.bastion.ledger.ProposalWorld;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.SigningKeys;
import dev.bastion.ledger.git.signature.FileKeySigner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approved grants of a signed ledger, and what a writer makes of a proposal, as an auditor reads them. */
class AuditedProposalTest {
    @AutoClose
    private final ProposalWorld world;

    private final FileKeySigner signer;
    private final ProposalWorld.Service service;

    AuditedProposalTest(@TempDir Path directory) {
        world = new ProposalWorld(directory);
        signer = SigningKeys.newKey(directory.resolve("key"));
        world.keys = SigningKeys.trusting(signer);
        service = world.service();
    }

    private GrantRecord audited() {
        return AuditedLedger.of(
                        world.ledgers.remote.repository().getDirectory().toPath(),
                        SigningKeys.line(signer),
                        _ -> Samples.policyWithApprovals())
                .only();
    }

    @Test
    void anApprovedGrantNamesItsApprovalAndTheSignedStart() {
        Proposal proposal = service.proposed("one");
        world.later(Duration.ofMinutes(10));
        world.forge.approve(proposal.number(), "janeroe");
        world.later(Duration.ofSeconds(30));
        service.review();
        Grant grant = service.grant();
        GrantRecord found = audited();
        assertThat(found.holder()).isEqualTo(JOHN);
        assertThat(found.isByHand()).isFalse();
        assertThat(found.unmet()).isEmpty();
        assertThat(found.requestedAt()).isEqualTo(NOON);
        assertThat(found.notBefore()).isEmpty();
        assertThat(found.openedAt()).isEqualTo(world.now());
        assertThat(found.dueAt()).isEqualTo(grant.expiresAt());
        assertThat(found.openedBy()).isEqualTo(grant.openedBy());
        assertThat(found.extensions()).as("a start is no extension").isEmpty();
        assertThat(found.basis().commit()).as("the start").isEqualTo(world.ledgers.remote.head());
        assertThat(((ApprovalBasis.Approved) found.basis().fact()).approvals())
                .extracting(Approval::by)
                .containsExactly(JANE);
    }

    @Test
    void anExtensionThatTheServiceMergedAfterItsApprovalLacksNothing() {
        Proposal proposal = service.proposed("one");
        world.later(Duration.ofMinutes(10));
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        assertThat(service.extend("two", "5h")).isInstanceOf(Outcome.Proposed.class);
        world.forge.approve(2, "janeroe");
        service.review();
        GrantRecord found = audited();
        assertThat(found.extensions()).hasSize(1);
        assertThat(found.unmet()).isEmpty();
    }

    @Test
    void theApprovalOfAnOpeningIsNoneOfAnExtensionThatNobodyApproved() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        assertThat(service.extend("two", "5h")).isInstanceOf(Outcome.Proposed.class);
        ForgePull pull = world.forge.pull(2);
        world.forge.merge(pull.number, "mallory", ForgeMerge.Way.MERGE, pull.head, pull.title);
        service.ledger.read();
        service.detectUnapprovedGrants();
        GrantRecord found = audited();
        assertThat(found.unmet()).containsExactly("0 of 1 approval given.");
        assertThat(found.unmetBy()).isEqualTo(world.ledgers.remote.head());
    }

    @Test
    void anExtensionThatWasApprovedInSlackLacksNothing() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        assertThat(service.extend("two", "5h")).isInstanceOf(Outcome.Proposed.class);
        Proposal longer = service.look(2).proposal();
        service.inSlack().approve(JANE, longer.id(), longer.head());
        service.review();
        assertThat(audited().unmet()).isEmpty();
    }

    /** Its file begins at its start, so only the proposal says when it was asked for. */
    @Test
    void aGrantThatWasRequestedForLaterSaysWhenItWasRequestedAndForWhen() {
        Instant start = NOON.plus(Duration.ofHours(2));
        assertThat(service.askFor("one", start)).isInstanceOf(Outcome.Proposed.class);
        world.later(Duration.ofMinutes(10));
        world.forge.approve(1, "janeroe");
        service.review();
        world.later(Duration.ofHours(2));
        service.review();
        GrantRecord found = audited();
        assertThat(found.requestedAt()).isEqualTo(NOON);
        assertThat(found.notBefore()).contains(start);
        assertThat(found.openedAt()).isEqualTo(world.now());
        assertThat(found.isByHand()).isFalse();
    }

    @Test
    void anApprovalInSlackIsOneForAnAuditWhereThePolicyAllowsIt() {
        Proposal proposal = service.proposed("one");
        service.inSlack().approve(JANE, proposal.id(), proposal.head());
        service.review();
        GrantRecord found = audited();
        assertThat(found.unmet()).isEmpty();
        assertThat(((ApprovalBasis.Approved) found.basis().fact()).approvals())
                .containsExactly(Approval.inSlack(JANE, 1, NOON));
        GrantRecord withoutTheRule = AuditedLedger.of(
                        world.ledgers.remote.repository().getDirectory().toPath(),
                        SigningKeys.line(signer),
                        _ -> Samples.onGithubAlone())
                .only();
        assertThat(withoutTheRule.unmet()).containsExactly("0 of 1 approval given.");
    }

    @Test
    void whatAMergeMessageClaimsIsNoApproval() {
        Proposal proposal = service.proposed("one");
        ForgePull pull = world.forge.pull(proposal.number());
        String claims = "Merge pull request #" + pull.number + "\n\nBastion-Action: open\n"
                + "Approved-By: jane.roe <U87654321> (janeroe) PR #1 review 7 at 2026-01-15T12:00:00Z\n"
                + "Approved-At: 2026-01-15T12:00:00Z\n";
        world.forge.merge(pull.number, "janeroe", ForgeMerge.Way.MERGE, pull.head, claims);
        GrantRecord found = audited();
        assertThat(found.basis().fact()).isInstanceOf(ApprovalBasis.Unconfirmed.class);
        assertThat(found.unmet()).containsExactly("0 of 1 approval given.");
        world.forge.approve(proposal.number(), "janeroe");
        service.ledger.read();
        service.detectUnapprovedGrants();
        assertThat(audited().unmet())
                .as("until the service has looked at the forge")
                .isEmpty();
    }
}
