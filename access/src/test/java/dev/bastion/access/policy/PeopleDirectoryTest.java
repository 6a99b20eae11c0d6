package dev.bastion.access.policy;

import static dev.bastion.access.ApprovalScenario.MAX;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.Person;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeopleDirectoryTest {
    private static final PeopleDirectory PEOPLE = new PeopleDirectory(
            Map.of("JaneRoe", JANE, "maxm", MAX), Map.of("U1", JOHN, "U2", JANE, "U3", MAX));

    @Test
    void aLoginIsTheSameInAnyCase() {
        assertThat(PEOPLE.ofLogin("JaneRoe")).contains(JANE);
        assertThat(PEOPLE.ofLogin("janeroe")).contains(JANE);
        assertThat(PEOPLE.ofLogin("JANEROE")).contains(JANE);
        assertThat(PEOPLE.ofLogin("jane")).isEmpty();
        assertThat(PEOPLE.loginOf(JANE)).contains("janeroe");
        assertThat(PEOPLE.loginOf(JOHN)).isEmpty();
    }

    @Test
    void aPersonIsKnownByTheId() {
        assertThat(PEOPLE.knows(new Person("U1", "john.smith"))).isTrue();
        assertThat(PEOPLE.knows(new Person("U7", "john.doe"))).isFalse();
    }

    @Test
    void theMembersOfAnAudienceAreInTheOrderOfTheirNames() {
        assertThat(PEOPLE.membersOf(Audience.of(Set.of("U3", "U2", "U1", "U7")))).containsExactly(JANE, JOHN, MAX);
        assertThat(PEOPLE.membersOf(Audience.EVERYONE)).isEmpty();
    }
}
