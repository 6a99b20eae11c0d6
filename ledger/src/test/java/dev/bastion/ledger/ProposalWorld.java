package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.PROD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.AccessRequest;
import dev.bastion.access.CheckConsent;
import dev.bastion.access.ExtendGrant;
import dev.bastion.access.ExtensionRequest;
import dev.bastion.access.Grant;
import dev.bastion.access.GrantDuration;
import dev.bastion.access.LedgerSnapshot;
import dev.bastion.access.Outcome;
import dev.bastion.access.Proposal;
import dev.bastion.access.ProposalBoard;
import dev.bastion.access.ProposalSnapshot;
import dev.bastion.access.ProposeChange;
import dev.bastion.access.Reason;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.RequestId;
import dev.bastion.access.SettleProposals;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A forge, and services that run on it: each with a clone and a network of its own. */
final class ProposalWorld implements AutoCloseable {
    static final String SERVICE = "bastion[bot]";

    final LedgerWorld ledgers;
    final SmallForge forge;
    private int services;

    ProposalWorld(Path directory) {
        ledgers = new LedgerWorld(directory);
        forge = new SmallForge(ledgers.remote);
    }

    /** One process of the service. */
    final class Service {
        final ForgeAccount account;
        final GitGrantLedger ledger;
        final ProposalBoard board;
        final Told told = new Told();

        private Service(String clone) {
            account = forge.as(SERVICE);
            ledger = ledgers.withApprovals(clone);
            board = ledger.proposals(account, () -> forge.now);
        }

        Outcome ask(String seed, String reason) {
            AccessRequest request = new AccessRequest(
                    RequestId.derivedFrom(seed),
                    JOHN,
                    PROD,
                    Optional.of(GrantDuration.parse("3h")),
                    Reason.of(reason),
                    forge.now);
            return new RequestAccess(ledger, asking(), told, told, () -> forge.now).request(request);
        }

        Proposal proposed(String seed, String reason) {
            assertThat(ask(seed, reason)).isInstanceOf(Outcome.Proposed.class);
            return board.lastSeenWaiting().stream()
                    .filter(proposal -> proposal.id().equals(RequestId.derivedFrom(seed)))
                    .findFirst()
                    .orElseThrow();
        }

        Proposal proposed(String seed) {
            return proposed(seed, "INC-12 slow query on orders");
        }

        Outcome extend(String seed, String by) {
            ExtensionRequest request = new ExtensionRequest(
                    RequestId.derivedFrom(seed), JOHN, PROD, Optional.of(GrantDuration.parse(by)), Optional.empty());
            return new ExtendGrant(ledger, asking(), told, () -> forge.now).extend(request);
        }

        private ProposeChange asking() {
            return new ProposeChange(Optional.of(board), told);
        }

        void settle() {
            new SettleProposals(ledger, board, told, told, () -> forge.now).settle();
        }

        void checkConsent() {
            new CheckConsent(ledger, board, told).check();
        }

        ProposalSnapshot look(int number) {
            return board.lookAt(number).orElseThrow();
        }

        Grant grant() {
            LedgerSnapshot snapshot = ledger.read();
            assertThat(snapshot.openGrants()).hasSize(1);
            return snapshot.openGrants().getFirst();
        }
    }

    Service service() {
        return new Service("service-" + services++);
    }

    void later(Duration by) {
        forge.now = forge.now.plus(by);
    }

    Instant now() {
        return forge.now;
    }

    Git git() {
        return new Git(ledgers.remote.repository().getDirectory().toPath());
    }

    @Override
    public void close() {
        ledgers.close();
    }
}
