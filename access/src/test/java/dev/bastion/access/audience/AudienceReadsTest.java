package dev.bastion.access.audience;

import static dev.bastion.access.Examples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.RecordedFailures;
import dev.bastion.access.audience.AudienceListing.Member;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.rules.AudienceAnswer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long an answer holds, and what follows without one. */
class AudienceReadsTest {
    private static final ExternalAudience TEAM = ExternalAudience.parse("github-team:acme/dba");
    private static final ExternalAudience ON_CALL = ExternalAudience.parse("oncall:PABC123");

    private Instant now = NOW;
    private boolean isSigned = true;
    private final Map<ExternalAudience, Fault> faults = new HashMap<>();
    private final List<ExternalAudience> asked = new ArrayList<>();
    private final List<Runnable> hanging = new ArrayList<>();
    private Executor threads = Runnable::run;
    private final AudienceReads reads = new AudienceReads(
            this::list, () -> isSigned, work -> threads.execute(work), new RecordedFailures(), () -> now);

    private AudienceListing list(ExternalAudience audience) {
        asked.add(audience);
        Fault fault = faults.get(audience);
        if (fault != null) {
            throw new ObservationFailed(fault, new IOException("no answer"));
        }
        return AudienceListing.of(now, Set.of("of-" + audience.scheme().name()));
    }

    private @Nullable AudienceAnswer answer(ExternalAudience audience) {
        return reads.answers().all().get(audience);
    }

    private static AudienceAnswer members(Instant at, String... accounts) {
        return new AudienceAnswer.Members(at, Set.of(accounts));
    }

    private static AudienceAnswer missing() {
        return new AudienceAnswer.Missing(Optional.empty());
    }

    private void passFor(int seconds) {
        for (Instant end = now.plusSeconds(seconds); now.isBefore(end); now = now.plusSeconds(1)) {
            reads.refresh(Set.of(TEAM, ON_CALL));
        }
    }

    @Test
    void anAnswerIsAskedForAtOnceAndAgainThreeTimesAMinute() {
        passFor(60);
        assertThat(asked.stream().filter(TEAM::equals)).hasSize(3);
        assertThat(answer(TEAM)).isEqualTo(members(NOW.plusSeconds(40), "of-GITHUB_TEAM"));
        assertThat(reads.problems()).isEmpty();
    }

    @Test
    void anAnswerHoldsForAMinuteAndTheOtherSystemsStillCount() {
        passFor(1);
        faults.put(TEAM, new Fault.Later(ExternalSystem.GITHUB, "asking", "503"));
        passFor(59);
        now = NOW.plusSeconds(60);
        assertThat(answer(TEAM)).isEqualTo(members(NOW, "of-GITHUB_TEAM"));
        now = NOW.plusSeconds(61);
        assertThat(answer(TEAM)).isEqualTo(missing());
        assertThat(answer(ON_CALL)).isInstanceOf(AudienceAnswer.Members.class);
        assertThat(reads.problems()).anySatisfy(line -> assertThat(line).contains("github-team:acme/dba", "GitHub"));
    }

    @Test
    void whatIsRefusedForGoodHasNoAnswerAtOnce() {
        passFor(1);
        Fault.Refused gone = new Fault.Refused(ExternalSystem.GITHUB, "asking", "404 Not Found", "check the team");
        faults.put(TEAM, gone);
        passFor(20);
        assertThat(answer(TEAM)).isEqualTo(new AudienceAnswer.Missing(Optional.of(gone)));
        assertThat(reads.problems()).anySatisfy(line -> assertThat(line).contains("404 Not Found", "check the team"));
        faults.clear();
        passFor(20);
        assertThat(answer(TEAM)).isInstanceOf(AudienceAnswer.Members.class);
    }

    /** Each system has reads of its own, and a refresh waits for none. */
    @Test
    void aSystemThatHangsDelaysNoOther() {
        threads = work -> {
            if (hanging.isEmpty()) {
                hanging.add(work);
            } else {
                work.run();
            }
        };
        passFor(3);
        assertThat(asked).hasSize(1);
        assertThat(List.of(answer(TEAM), answer(ON_CALL)))
                .contains(missing())
                .hasAtLeastOneElementOfType(AudienceAnswer.Members.class);
    }

    @Test
    void aShiftEndsByItsOwnTimeWhateverTheAgeOfTheAnswer() {
        AudienceListing listing = new AudienceListing(
                NOW,
                List.of(
                        new Member("PA", Instant.MIN, NOW.plusSeconds(30)),
                        new Member("PB", NOW.plusSeconds(30), Instant.MAX)));
        assertThat(listing.answerAt(NOW)).isEqualTo(members(NOW, "PA"));
        assertThat(listing.answerAt(NOW.plusSeconds(29))).isEqualTo(members(NOW, "PA"));
        assertThat(listing.answerAt(NOW.plusSeconds(30))).isEqualTo(members(NOW, "PB"));
        assertThat(listing.answerAt(NOW.plusSeconds(61))).isEqualTo(missing());
    }

    @Test
    void beforeTheFirstAnswerNobodyIsAMember() {
        threads = hanging::add;
        passFor(1);
        assertThat(answer(TEAM)).isEqualTo(missing());
    }

    @Test
    void anAudienceThatThePolicyNoLongerNamesIsForgotten() {
        passFor(1);
        reads.refresh(Set.of(ON_CALL));
        assertThat(reads.answers().all()).containsOnlyKeys(ON_CALL);
        reads.refresh(Set.of());
        assertThat(reads.answers().all()).isEmpty();
        assertThat(reads.problems()).isEmpty();
    }

    @Test
    void whereEntriesAreNotSignedNothingIsAskedAndNobodyIsAMember() {
        isSigned = false;
        passFor(3);
        assertThat(asked).isEmpty();
        assertThat(answer(TEAM)).isEqualTo(new AudienceAnswer.Missing(Optional.of(AudienceReads.unsigned())));
        assertThat(reads.problems()).singleElement().asString().contains("signing.key_file");
        reads.refresh(Set.of());
        assertThat(reads.problems()).isEmpty();
    }
}
