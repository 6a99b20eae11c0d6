package dev.bastion.access.reconcile;

import static dev.bastion.access.ApprovalScenario.PAGE;
import static dev.bastion.access.ApprovalScenario.PEOPLE;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.MemoryLedger;
import dev.bastion.access.MemoryObservations;
import dev.bastion.access.MemoryProposals;
import dev.bastion.access.RecordedFailures;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalSnapshot.Ending;
import dev.bastion.access.snapshot.FailureCollector;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The entries of requests that opened nothing. */
class RecordEndedRequestsTest {
    private static final Instant AT = NOW.plusSeconds(60);

    private final MemoryObservations log = new MemoryObservations();
    private final MemoryProposals proposals = new MemoryProposals(new MemoryLedger(POLICY, DEV), () -> AT);
    private final RecordedFailures failures = new RecordedFailures();
    private final ProposalSnapshot waiting = ApprovalScenario.snapshot(ApprovalScenario.opening());

    private final Observation.Subject subject = new Observation.Subject(
            waiting.proposal().environment(),
            waiting.proposal().id(),
            waiting.proposal().requester());
    private final Observation.PullRequest pull =
            new Observation.PullRequest(Optional.of(PAGE), Optional.of(waiting.head()));

    private List<Observation> record(Optional<String> by, Optional<Ending> ending, Instant at) {
        ProposalSnapshot seen = ApprovalScenario.with(waiting, new ProposalSnapshot.State.Closed(by, ending, at));
        RecordEndedRequests step = new RecordEndedRequests(log, proposals, () -> AT);
        step.record(PEOPLE, List.of(waiting, seen), new FailureCollector(failures));
        step.record(PEOPLE, List.of(waiting, seen), new FailureCollector(failures));
        return log.all;
    }

    @Test
    void aDenialNamesThePersonAndTheirWords() {
        proposals.words.put("janeroe", "Not before\nMonday [skip ci]");
        assertThat(record(Optional.of("janeroe"), Optional.empty(), AT))
                .containsExactly(new Observation.Denied(
                        subject, AT, Optional.of(JANE), "janeroe", "Not before Monday (skip ci)", pull));
    }

    @Test
    void aDenialOfAnUnknownAccountNamesItsLoginAlone() {
        assertThat(record(Optional.of("stranger"), Optional.empty(), AT))
                .containsExactly(new Observation.Denied(subject, AT, Optional.empty(), "stranger", "", pull));
        log.all.clear();
        assertThat(record(Optional.empty(), Optional.empty(), AT))
                .containsExactly(new Observation.Denied(subject, AT, Optional.empty(), "", "", pull));
    }

    @Test
    void everyOtherEndHasItsEntry() {
        assertThat(record(Optional.empty(), Optional.of(Ending.LAPSED), AT))
                .containsExactly(new Observation.Lapsed(subject, AT, pull));
        log.all.clear();
        assertThat(record(Optional.empty(), Optional.of(Ending.WITHDRAWN), AT))
                .containsExactly(new Observation.Withdrawn(subject, AT, pull));
        log.all.clear();
        assertThat(record(Optional.empty(), Optional.of(Ending.REFUSED), AT))
                .singleElement()
                .isInstanceOfSatisfying(
                        Observation.Refused.class,
                        refused -> assertThat(refused.proposal()).contains(pull));
    }

    @Test
    void theTimeOfAnotherMachineIsNotOfTheFuture() {
        assertThat(record(Optional.empty(), Optional.of(Ending.LAPSED), Instant.MAX))
                .containsExactly(new Observation.Lapsed(subject, AT, pull));
    }

    @Test
    void wordsThatCannotBeReadAreReadByALaterPass() {
        proposals.down = true;
        assertThat(record(Optional.of("janeroe"), Optional.empty(), AT)).isEmpty();
        assertThat(failures.events).isNotEmpty().allMatch(event -> event.startsWith("request.record.failed"));
        proposals.down = false;
        assertThat(record(Optional.of("janeroe"), Optional.empty(), AT)).hasSize(1);
    }
}
