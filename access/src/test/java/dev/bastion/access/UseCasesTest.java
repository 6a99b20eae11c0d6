package dev.bastion.access;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.extension;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.NoApprovals;
import dev.bastion.access.proposal.ExtensionRequest;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.snapshot.FailureCollector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The use cases on a ledger in memory: their messages, timers and entries. */
class UseCasesTest {
    private final MemoryLedger ledger = new MemoryLedger(POLICY, DEV, PROD, new EnvironmentName("staging"));
    private final RecordedNotifications notifier = new RecordedNotifications();
    private final RecordedTimers timer = new RecordedTimers();
    private Instant now = NOW;

    private final SubmitForApproval approval = new SubmitForApproval(new NoApprovals(), notifier);
    private final RequestAccess requestAccess = new RequestAccess(ledger, approval, notifier, timer, () -> now);
    private final ExtendGrant extendGrant = new ExtendGrant(ledger, approval, timer, () -> now);
    private final EndGrant endGrant = new EndGrant(ledger, timer, () -> now);
    private final ExpireGrants expireGrants = new ExpireGrants(ledger, timer, () -> now);

    private List<Grant> sweep() {
        FailureCollector failures = new FailureCollector(new RecordedFailures());
        List<Grant> ended = expireGrants.sweep(ledger.read(), failures);
        failures.throwIfAny();
        return ended;
    }

    @Test
    void aRequestIsShownWrittenTimedAndShownAgain() {
        Outcome outcome = requestAccess.request(request(JOHN, DEV, "2h", "INC-12"));
        Grant grant = done(outcome);
        assertThat(grant.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(2)));
        assertThat(grant.shownIn()).contains(RecordedNotifications.MESSAGE);
        assertThat(timer.armed).containsEntry(DEV, grant);
        assertThat(notifier.stages).containsExactly(new GrantStage.Applying(Optional.empty()));
    }

    @Test
    void aFailedAnnouncementStopsNoRequest() {
        notifier.failsToAnnounce = true;
        assertThat(done(requestAccess.request(request(JOHN, DEV, "2h", ""))).shownIn())
                .isEmpty();
        assertThat(ledger.written).hasSize(1);
    }

    @Test
    void theSameRequestDeliveredTwiceIsOneGrant() {
        AccessRequest request = request(JOHN, DEV, "2h", "");
        Grant first = done(requestAccess.request(request));
        assertThat(done(requestAccess.request(request))).isEqualTo(first);
        assertThat(ledger.written).hasSize(1);
    }

    @Test
    void whoLosesTheRaceIsToldWhoWon() {
        Grant faster = grant(JANE, DEV, NOW, NOW.plusSeconds(60));
        ledger.beforeNextWrite = () -> ledger.put(faster);
        assertThat(requestAccess.request(request(JOHN, DEV, "2h", "")))
                .isEqualTo(new Outcome.Refused(new Refusal.AlreadyOpen(faster)));
        assertThat(notifier.failedRequests).containsExactly("another request was recorded first");
        assertThat(timer.armed).isEmpty();
    }

    @Test
    void aRequestThatMayHaveReachedGitIsShownAsUnknown() {
        ledger.beforeNextWrite = () -> ledger.unreachable = true;
        assertThatThrownBy(() -> requestAccess.request(request(JOHN, DEV, "2h", "")))
                .isInstanceOf(LedgerUnreachable.class);
        assertThat(notifier.failedRequests).containsExactly("unknown: dev: git");
    }

    @Test
    void unknownAndProtectedEnvironmentsAreRefused() {
        EnvironmentName nowhere = new EnvironmentName("nowhere");
        assertThat(requestAccess.request(request(JOHN, nowhere, "", "")))
                .isEqualTo(new Outcome.Refused(new Refusal.UnknownEnvironment(
                        nowhere.value(), List.of(DEV, PROD, new EnvironmentName("staging")))));
        assertThat(requestAccess.request(request(JOHN, PROD, "", "x")))
                .isEqualTo(new Outcome.Refused(new Refusal.NeedsApproval(PROD, 1)));
        assertThat(ledger.written).isEmpty();
    }

    @Test
    void anExtensionMovesTheTimer() {
        requestAccess.request(request(JOHN, DEV, "2h", ""));
        Grant longer = done(extendGrant.extend(extension(JOHN, DEV, "1h")));
        assertThat(longer.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(3)));
        assertThat(timer.armed).containsEntry(DEV, longer);
    }

    @Test
    void anExtensionThatLostARaceIsDecidedAgain() {
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        ledger.beforeNextWrite = () -> ledger.put(grant.until(NOW.plus(Duration.ofHours(11))));
        assertThat(extendGrant.extend(extension(JOHN, DEV, "2h")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.TotalReached.class));
    }

    /** A button means the grant it was shown with, also when that one ends and another opens while it is pressed. */
    @Test
    void onlyTheGrantThatIsMeantIsExtendedOrEnded() {
        Grant meant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        Optional<RequestId> only = Optional.of(meant.request());
        ExtensionRequest longer = new ExtensionRequest(meant.request(), JOHN, DEV, Optional.empty(), only);
        assertThat(done(extendGrant.extend(longer)).request()).isEqualTo(meant.request());
        Grant next = grant(JOHN, DEV, NOW.plusSeconds(1), NOW.plusSeconds(60));
        Outcome no = new Outcome.Refused(new Refusal.NoLongerOpen(DEV));

        ledger.beforeNextWrite = () -> ledger.put(next);
        assertThat(extendGrant.extend(longer)).isEqualTo(no);
        assertThat(endGrant.end(new End.EndedBy(JOHN), DEV, only)).isEqualTo(no);
        assertThat(ledger.read().openGrants()).containsExactly(next);

        done(endGrant.end(new End.EndedBy(JOHN), DEV, Optional.empty()));
        assertThat(extendGrant.extend(longer)).isEqualTo(no);
        assertThat(endGrant.end(new End.EndedBy(JOHN), DEV, only)).isEqualTo(no);
    }

    @Test
    void endingEarlyStopsTheTimer() {
        requestAccess.request(request(JOHN, DEV, "2h", ""));
        done(endGrant.end(new End.EndedBy(JOHN), DEV, Optional.empty()));
        assertThat(timer.armed).isEmpty();
        assertThat(ledger.ended).extracting(PastGrant::end).containsExactly(new End.EndedBy(JOHN));
    }

    @Test
    void theClockEndsAGrant() {
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        now = grant.expiresAt();
        expireGrants.expire(grant);
        assertThat(ledger.ended).extracting(PastGrant::end).containsExactly(new End.Expired());
    }

    @Test
    void aTimerThatComesEarlyIsArmedAgain() {
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        timer.armed.clear();
        now = grant.expiresAt().minusMillis(2);
        expireGrants.expire(grant);
        assertThat(ledger.ended).isEmpty();
        assertThat(timer.armed).containsEntry(DEV, grant);
    }

    @Test
    void anExtensionThatWonTheRaceSurvivesTheTimer() {
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        Grant longer = done(extendGrant.extend(extension(JOHN, DEV, "")));
        timer.armed.clear();
        now = grant.expiresAt();
        expireGrants.expire(grant);
        assertThat(ledger.ended).isEmpty();
        assertThat(timer.armed).containsEntry(DEV, longer);
    }

    @Test
    void theSweepEndsWhatIsOverAndTimesWhatIsOpenAlsoWhatWasMadeByHand() {
        Grant over = grant(JOHN, DEV, NOW.minusSeconds(7200), NOW.minusSeconds(1));
        Grant open = grant(JANE, PROD, NOW, NOW.plusSeconds(60));
        ledger.put(over);
        ledger.put(open);
        assertThat(sweep()).containsExactly(over);
        assertThat(ledger.ended).extracting(PastGrant::grant).containsExactly(over);
        assertThat(timer.armed).containsEntry(PROD, open);
        assertThat(sweep()).isEmpty();
    }

    @Test
    void aSweepThatCannotWriteFails() {
        ledger.put(grant(JOHN, DEV, NOW.minusSeconds(7200), NOW.minusSeconds(1)));
        ledger.beforeNextWrite = () -> ledger.unreachable = true;
        assertThatThrownBy(this::sweep).isInstanceOf(LedgerUnreachable.class);
    }

    private static Grant done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).grant();
    }
}
