package dev.bastion.access.rules;

import static dev.bastion.access.ApprovalScenario.MAX;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.Person;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeopleDirectoryTest {
    private final PeopleDirectory people =
            new PeopleDirectory(Map.of("JaneRoe", JANE, "maxm", MAX), Map.of("U1", JOHN, "U2", JANE, "U3", MAX));

    @Test
    void aLoginIsTheSameInAnyCase() {
        assertThat(people.ofLogin("JaneRoe")).contains(JANE);
        assertThat(people.ofLogin("janeroe")).contains(JANE);
        assertThat(people.ofLogin("JANEROE")).contains(JANE);
        assertThat(people.ofLogin("jane")).isEmpty();
        assertThat(people.loginOf(JANE)).contains("janeroe");
        assertThat(people.loginOf(JOHN)).isEmpty();
    }

    @Test
    void aPersonIsKnownByTheId() {
        assertThat(people.knows(new Person("U1", "john.smith"))).isTrue();
        assertThat(people.knows(new Person("U7", "john.doe"))).isFalse();
    }

    /** So many that an unordered set does not have them in this order by chance. */
    @Test
    void theMembersOfAnAudienceAreInTheOrderOfTheirNames() {
        Map<String, Person> all = IntStream.range(10, 40)
                .mapToObj(number -> new Person("U" + number, "person-" + number))
                .collect(Collectors.toMap(Person::id, Function.identity()));
        assertThat(new PeopleDirectory(Map.of(), all).membersOf(Audience.of(all.keySet())))
                .hasSize(30)
                .extracting(Person::name)
                .isSorted();
        assertThat(people.membersOf(Audience.of(Set.of("U3", "U2", "U1", "U7"))))
                .containsExactly(JANE, JOHN, MAX);
        assertThat(people.membersOf(Audience.EVERYONE)).isEmpty();
    }
}
