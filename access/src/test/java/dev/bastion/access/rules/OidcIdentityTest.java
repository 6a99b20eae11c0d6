package dev.bastion.access.rules;

import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.grant.Person;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For whom a token's subject stands. */
class OidcIdentityTest {
    private static final String ISSUER = "https://login.example.com";
    private static final OidcIdentity JOHNS = new OidcIdentity(ISSUER, "john", Map.of(), JOHN);
    private static final OidcIdentity JANES =
            new OidcIdentity(ISSUER, "jane", Map.of("env", "prod", "app", "orders"), JANE);
    private static final PeopleDirectory PEOPLE = ApprovalScenario.PEOPLE.identifiedBy(List.of(JOHNS, JANES));

    @Test
    void aSubjectStandsForItsPerson() {
        assertThat(PEOPLE.identityOf(ISSUER, "john")).contains(JOHNS);
        assertThat(PEOPLE.identityOf(ISSUER, "jane")).contains(JANES);
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.example.com, max",
        "https://login.example.com, John",
        "https://login.example.com/, john",
        "http://login.example.com, john",
        "https://other.example.com, john"
    })
    void anotherIssuerOrSubjectStandsForNobody(String issuer, String subject) {
        assertThat(PEOPLE.identityOf(issuer, subject)).isEmpty();
    }

    @Test
    void theClaimsThatATokenLacksAreNamedInOrder() {
        assertThat(JANES.unmetClaims(Map.of())).containsExactly("app", "env");
        assertThat(JANES.unmetClaims(Map.of("app", "orders", "env", "dev"))).containsExactly("env");
        assertThat(JANES.unmetClaims(Map.of("app", "orders", "env", "prod", "more", "x")))
                .isEmpty();
        OidcIdentity many = new OidcIdentity(
                ISSUER, "m", Map.of("a", "1", "b", "1", "c", "1", "d", "1", "e", "1", "f", "1", "g", "1"), JOHN);
        assertThat(many.unmetClaims(Map.of())).containsExactly("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void aMachineBelongsToAnAudienceByItsIdAlone() {
        Person machine = new Person(Person.machineId("deploys"), "deploys");
        assertThat(Audience.EVERYONE.includes(machine)).isFalse();
        assertThat(Audience.EVERYONE.includes(JOHN)).isTrue();
        assertThat(Audience.of(Set.of(machine.id())).includes(machine)).isTrue();
        assertThat(Audience.of(Set.of(JANE.id())).includes(machine)).isFalse();
    }
}
