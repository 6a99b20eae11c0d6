package dev.bastion.access;

import static dev.bastion.access.Approvals.HEAD;
import static dev.bastion.access.Approvals.approval;
import static dev.bastion.access.Approvals.approves;
import static dev.bastion.access.Approvals.opening;
import static dev.bastion.access.Approvals.policy;
import static dev.bastion.access.Approvals.snapshot;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which pull request is judged by what, and that one that fails keeps none of the others from being told. */
class CheckPullRequestsTest {
    private final MemoryLedger ledger = new MemoryLedger(policy(1, ProposalRules.USUAL), DEV, PROD);
    private final List<ProposalSnapshot> proposals = new ArrayList<>();
    private final List<PullRequest> open = new ArrayList<>();
    private final Map<Integer, PolicyVerdict> said = new TreeMap<>();
    private final List<Integer> unreachable = new ArrayList<>();
    private Instant now = NOW;

    private final CheckPullRequests check =
            new CheckPullRequests(ledger, new Proposals(proposals), new Desk(), () -> now);

    @Test
    void one_of_the_service_is_judged_as_it_is_let_through() {
        open.add(byTheService());
        ProposalSnapshot blocked = Approvals.with(
                Approvals.with(snapshot(opening()), new PlanReport.Missing()), ProposalSnapshot.Mergeability.BLOCKED);
        proposals.add(blocked);
        check.check();
        assertThat(said.get(42)).isEqualTo(waits(new Wanting.Approvals(0, 1)));

        // what CI and the forge say is theirs to say; if this waited for the forge, and the forge for this, nothing
        // would move
        proposals.set(0, reviewed(blocked, approves(1, "janeroe")));
        check.check();
        assertThat(said.get(42))
                .isEqualTo(new PolicyVerdict.Pass(List.of(new PolicyVerdict.Effect(
                        PolicyVerdict.Kind.OPENS, PROD, List.of(approval(JANE, "janeroe", 1))))));
    }

    @Test
    void one_of_the_service_that_lapsed_or_was_altered_fails() {
        open.add(byTheService());
        proposals.add(snapshot(opening()));
        now = Approvals.LAPSES;
        check.check();
        assertThat(said.get(42)).isEqualTo(fails(new Violation.Lapsed(PROD)));

        proposals.clear();
        check.check();
        assertThat(said.get(42)).isEqualTo(fails(new Violation.Refused(new Refusal.Altered(PROD))));
    }

    @Test
    void one_whose_head_was_seen_in_two_places_is_left_for_the_next_look() {
        open.add(byTheService());
        proposals.add(Approvals.altered(snapshot(opening())));
        check.check();
        assertThat(said).isEmpty();
    }

    @Test
    void one_that_cannot_be_told_keeps_none_of_the_others_waiting() {
        open.add(byHand(1));
        open.add(byHand(2));
        unreachable.add(1);
        assertThatThrownBy(check::check).isInstanceOf(LedgerUnreachable.class);
        assertThat(said).containsExactly(Map.entry(2, waits(new Wanting.Approvals(0, 1))));
    }

    @Test
    void where_nothing_is_open_nobody_is_asked() {
        ledger.unreachable = true;
        check.check();
        assertThat(said).isEmpty();
    }

    private static ProposalSnapshot reviewed(ProposalSnapshot seen, Review... reviews) {
        return new ProposalSnapshot(
                seen.proposal(),
                seen.state(),
                seen.head(),
                seen.intact(),
                List.of(reviews),
                seen.plan(),
                seen.mergeability());
    }

    private static PullRequest byTheService() {
        return pullRequest(42, Optional.empty());
    }

    private static PullRequest byHand(int number) {
        return pullRequest(number, Optional.of("johndoe"));
    }

    private static PullRequest pullRequest(int number, Optional<String> author) {
        Standing after = new Standing.Open(grant(JOHN, PROD, NOW, NOW.plusSeconds(3600)));
        return new PullRequest(
                number,
                author,
                HEAD,
                List.of(),
                List.of(new EnvironmentEdit(PROD, Optional.of(after), false)),
                List.of());
    }

    private static PolicyVerdict waits(Wanting what) {
        return new PolicyVerdict.Waiting(List.of(new PolicyVerdict.Wanted(PROD, what)));
    }

    private static PolicyVerdict fails(Violation why) {
        return new PolicyVerdict.Fail(List.of(why));
    }

    private final class Desk implements PullRequestDesk {
        @Override
        public List<PullRequest> open() {
            return open;
        }

        @Override
        public void say(PullRequest pullRequest, PolicyVerdict verdict) {
            if (unreachable.contains(pullRequest.number())) {
                throw new LedgerUnreachable("posting a status", new IllegalStateException("502"));
            }
            said.put(pullRequest.number(), verdict);
        }
    }

    /** Only ever looked at. */
    private record Proposals(List<ProposalSnapshot> seen) implements ProposalBoard {
        @Override
        public List<ProposalSnapshot> look() {
            return List.copyOf(seen);
        }

        @Override
        public Proposal propose(ProposedChange change, Optional<AnnouncementRef> shownIn, AccessPolicy policy) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Proposal> lastSeenWaiting() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ProposalSnapshot> lookAt(int number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Merging merge(Proposal proposal, Consent.Approved consent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close(ProposalStory story) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<MergedPullRequest> broughtBy(CommitId commit) {
            throw new UnsupportedOperationException();
        }
    }
}
