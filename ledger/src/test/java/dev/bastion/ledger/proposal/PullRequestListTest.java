package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.ListedPulls;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How far back a refresh of the list asks: each page is a call to GitHub. */
class PullRequestListTest {
    private final ListedPulls pulls = new ListedPulls();
    private Instant now = NOON;
    private final PullRequestList list = new PullRequestList(pulls, () -> now);

    private void refreshAfter(int minutes) {
        now = NOON.plus(Duration.ofMinutes(minutes));
        assertThat(list.refresh()).hasSize(1);
    }

    @Test
    void aChangeIsAskedForTwoMinutesBackUntilNoneCanBeLateAnyMore() {
        pulls.opens(7, "johndoe", "change", "main", new CommitId("a".repeat(40)));
        refreshAfter(0);
        assertThat(pulls.askedSince).as("the complete list").isEmpty();
        refreshAfter(1);
        refreshAfter(6);
        refreshAfter(7);
        assertThat(pulls.askedSince)
                .containsExactly(NOON.minus(Duration.ofMinutes(2)), NOON.minus(Duration.ofMinutes(2)), NOON);
    }

    @Test
    void theCompleteListIsReadEveryTenMinutes() {
        pulls.opens(7, "johndoe", "change", "main", new CommitId("a".repeat(40)));
        refreshAfter(0);
        refreshAfter(9);
        assertThat(pulls.askedSince).hasSize(1);
        refreshAfter(10);
        assertThat(pulls.askedSince).hasSize(1);
    }
}
