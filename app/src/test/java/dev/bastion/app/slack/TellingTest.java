package dev.bastion.app.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.GrantStory;
import dev.bastion.access.ProposalStage;
import dev.bastion.access.ProposalStory;
import dev.bastion.access.Stage;
import org.junit.jupiter.api.Test;

class TellingTest {
    private static final News GRANT =
            new News.Story(new GrantStory(Sample.grant(), new Stage.Ready(Sample.CONNECTION)));
    private static final News PROPOSAL =
            new News.Asked(new ProposalStory(Sample.proposal(), new ProposalStage.Lapsed()));

    private final Telling telling = new Telling();

    @Test
    void onlyTheNewestIsTold() {
        assertThat(telling.offer(PROPOSAL)).isTrue();
        assertThat(telling.offer(GRANT)).isFalse();
        assertThat(telling.take()).contains(GRANT);
        assertThat(telling.take()).isEmpty();
    }

    @Test
    void whatIsOldBesideAGrantDoesNotTakeItsPlace() {
        telling.offer(GRANT);
        telling.offer(PROPOSAL);
        assertThat(telling.take()).contains(GRANT);
        telling.offer(PROPOSAL);
        assertThat(telling.newerThan(GRANT)).contains(PROPOSAL);
    }
}
