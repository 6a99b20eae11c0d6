package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.PROD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.CheckPullRequests;
import dev.bastion.access.ExtendGrant;
import dev.bastion.access.Outcome;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.ReviewProposals;
import dev.bastion.access.StartGrant;
import dev.bastion.access.SubmitForApproval;
import dev.bastion.access.approval.ReviewInSlack;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.ExtensionRequest;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.reconcile.DetectUnapprovedGrants;
import dev.bastion.access.reconcile.EndUnapprovedGrant;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A forge and services on it, each with its own clone and network. */
public final class ProposalWorld implements AutoCloseable {
    public static final String SERVICE = "bastion[bot]";

    public final LedgerWorld ledgers;
    public final FakeForge forge;
    /** The keys of the services that start from now on. */
    public TrustedKeys keys = TrustedKeys.NONE;

    private int services;

    public ProposalWorld(Path directory) {
        ledgers = new LedgerWorld(directory);
        forge = new FakeForge(ledgers.remote);
    }

    /** One process of the service. */
    public final class Service {
        public final ForgeAccount account;
        public final GitGrantLedger ledger;
        public final GitForge here;
        public final ProposalRepository proposals;
        public final RecordedNotifications notifications = new RecordedNotifications();

        private Service(String clone) {
            account = forge.as(SERVICE);
            ledger = ledgers.withApprovals(clone, keys);
            ledger.beginSigning(forge.now);
            here = ledger.forge(account, Samples.parsers(_ -> Samples.policy()), () -> forge.now, "ci");
            proposals = here.proposals();
        }

        public Outcome ask(String seed, String reason) {
            AccessRequest request = new AccessRequest(
                    RequestId.derivedFrom(seed),
                    JOHN,
                    PROD,
                    Optional.of(GrantDuration.parse("3h")),
                    Reason.of(reason),
                    forge.now);
            return new RequestAccess(ledger, asking(), notifications, notifications, () -> forge.now).request(request);
        }

        /** A request of a person for this start. */
        public Outcome askFor(String seed, Instant start) {
            return askFor(seed, PROD, start);
        }

        public Outcome askFor(String seed, EnvironmentName environment, Instant start) {
            AccessRequest request = new AccessRequest(
                    RequestId.derivedFrom(seed),
                    JOHN,
                    environment,
                    Optional.of(GrantDuration.parse("3h")),
                    Reason.of("INC-12 slow query on orders"),
                    false,
                    Optional.of(start),
                    forge.now,
                    Optional.empty());
            return new RequestAccess(ledger, asking(), notifications, notifications, () -> forge.now).request(request);
        }

        public Proposal proposed(String seed, String reason) {
            assertThat(ask(seed, reason)).isInstanceOf(Outcome.Proposed.class);
            return proposals.lastSeenWaiting().stream()
                    .filter(proposal -> proposal.id().equals(RequestId.derivedFrom(seed)))
                    .findFirst()
                    .orElseThrow();
        }

        public Proposal proposed(String seed) {
            return proposed(seed, "INC-12 slow query on orders");
        }

        public Outcome extend(String seed, String by) {
            return extend(seed, by, JOHN);
        }

        public Outcome extend(String seed, String by, Person person) {
            ExtensionRequest request = new ExtensionRequest(
                    RequestId.derivedFrom(seed), person, PROD, Optional.of(GrantDuration.parse(by)), Optional.empty());
            return new ExtendGrant(ledger, asking(), notifications, () -> forge.now).extend(request);
        }

        private SubmitForApproval asking() {
            return new SubmitForApproval(proposals, notifications);
        }

        /** What an approver does in Slack. */
        public ReviewInSlack inSlack() {
            return new ReviewInSlack(ledger, proposals, ledger.decisions(), notifications, () -> forge.now);
        }

        public void review() {
            FailureCollector failures = new FailureCollector(notifications);
            new ReviewProposals(ledger, proposals, notifications, notifications, () -> forge.now)
                    .review(ledger.read(), proposals.look(), failures);
            failures.throwIfAny();
        }

        /** The statuses on pull requests, as a pass would say them. */
        public void check() {
            FailureCollector failures = new FailureCollector(notifications);
            new CheckPullRequests(proposals, here.checks(), () -> forge.now)
                    .check(ledger.read(), here.pullRequests().look(), failures);
            failures.throwIfAny();
        }

        public void detectUnapprovedGrants() {
            FailureCollector failures = new FailureCollector(notifications);
            new DetectUnapprovedGrants(
                            new StartGrant(ledger, notifications, notifications),
                            new EndUnapprovedGrant(ledger, proposals, notifications, notifications, () -> forge.now),
                            notifications)
                    .check(
                            ledger.read(),
                            commit -> Optional.of(new Reading<>(proposals.mergedPullRequestOf(commit), forge.now)),
                            failures);
            failures.throwIfAny();
        }

        public ProposalSnapshot look(int number) {
            return proposals.lookAt(number).orElseThrow();
        }

        public Grant grant() {
            LedgerSnapshot snapshot = ledger.read();
            assertThat(snapshot.openGrants()).hasSize(1);
            return snapshot.openGrants().getFirst();
        }
    }

    public Service service() {
        return new Service("service-" + services++);
    }

    public void later(Duration by) {
        forge.now = forge.now.plus(by);
    }

    public Instant now() {
        return forge.now;
    }

    public Git git() {
        return new Git(ledgers.remote.repository().getDirectory().toPath());
    }

    @Override
    public void close() {
        ledgers.close();
    }
}
