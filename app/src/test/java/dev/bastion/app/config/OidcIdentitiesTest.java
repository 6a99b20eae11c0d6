package dev.bastion.app.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.access.rules.OidcIdentity;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines and the subjects of OIDC issuers in people.yaml. */
class OidcIdentitiesTest {
    private static final String ACTIONS = "https://token.actions.githubusercontent.com";
    private static final String SUBJECT = "repo:acme/app:environment:prod";
    private static final Person MACHINE = new Person("machine.deploys", "deploys");
    private static final EnvironmentName DEV = new EnvironmentName("dev");

    private static final String PEOPLE = """
            people:
              - {id: U1, name: john.doe, github: johndoe}
              - {id: "machine:deploys", name: deploys}
            groups:
              pipelines: ["machine:deploys"]
              mixed: [U1, "machine:deploys"]
            identities:
              - {issuer: "https://login.acme.com", subject: "00u 1", person: U1}
            """;
    private static final String DEPLOYS = """
              - issuer: "https://token.actions.githubusercontent.com"
                subject: "repo:acme/app:environment:prod"
                person: "machine:deploys"
                claims: {ref: refs/heads/main}
            """;

    private static AccessPolicy read(String policy, String people) {
        return new PolicyFiles()
                .read(new PolicyDocuments(
                        Optional.of(policy.getBytes(UTF_8)), Optional.of(people.getBytes(UTF_8)), Optional.empty()));
    }

    @Test
    void aSubjectStandsForAPersonOrAMachine() {
        AccessPolicy policy = read("environments: {dev: {}}", PEOPLE + DEPLOYS);
        assertThat(policy.people().identityOf(ACTIONS, SUBJECT))
                .contains(new OidcIdentity(ACTIONS, SUBJECT, Map.of("ref", "refs/heads/main"), MACHINE));
        assertThat(policy.people().identityOf("https://login.acme.com", "00u 1"))
                .map(OidcIdentity::person)
                .contains(new Person("U1", "john.doe"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://token.actions.githubusercontent.com/, repo:acme/app:environment:prod",
        "http://token.actions.githubusercontent.com, repo:acme/app:environment:prod",
        "https://TOKEN.actions.githubusercontent.com, repo:acme/app:environment:prod",
        "https://token.actions.githubusercontent.com, repo:acme/app:environment:prod2",
        "https://token.actions.githubusercontent.com, repo:acme/app:environment:pro",
        "https://token.actions.githubusercontent.com, repo:ACME/app:environment:prod",
        "https://token.actions.githubusercontent.com, 00u 1",
        "https://login.acme.com, repo:acme/app:environment:prod"
    })
    void anotherIssuerOrSubjectStandsForNobody(String issuer, String subject) {
        assertThat(read("environments: {dev: {}}", PEOPLE + DEPLOYS).people().identityOf(issuer, subject))
                .isEmpty();
    }

    @Test
    void everyClaimMustHaveItsValueAsText() {
        OidcIdentity identity = new OidcIdentity(ACTIONS, SUBJECT, Map.of("a", "1", "b", "x"), MACHINE);
        assertThat(identity.unmetClaims(Map.of("a", "1", "b", "x", "c", "y"))).isEmpty();
        assertThat(identity.unmetClaims(Map.of("a", 1, "b", "X"))).containsExactly("a", "b");
        assertThat(identity.unmetClaims(Map.of())).containsExactly("a", "b");
    }

    @Test
    void everyoneIsEveryPersonAndNoMachine() {
        AccessPolicy policy = read("environments: {dev: {}}", PEOPLE);
        assertThat(policy.mayRequest(new Person("U9", "x"), DEV)).isTrue();
        assertThat(policy.mayRequest(MACHINE, DEV)).isFalse();
        for (String named : new String[] {"\"machine:deploys\"", "group:pipelines", "everyone, group:mixed"}) {
            String allowed = "environments: {dev: {may_request: [" + named + "]}}";
            assertThat(read(allowed, PEOPLE).mayRequest(MACHINE, DEV)).as(named).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "environments: {dev: {approvers: ['machine:deploys']}}",
                "environments: {dev: {approvers: [group:mixed], approvals: 1}}",
                "defaults: {approvers: [group:pipelines]}",
            })
    void aMachineIsNoApprover(String policy) {
        assertThatThrownBy(() -> read(policy, PEOPLE))
                .isInstanceOf(PolicyProblems.class)
                .hasMessageContaining("approvers: includes the machine deploys, and machines approve nothing");
    }

    @Test
    void aMachineIsNoOwner() {
        PolicyDocuments documents = new PolicyDocuments(
                Optional.of("environments: {dev: {}}".getBytes(UTF_8)),
                Optional.of(PEOPLE.getBytes(UTF_8)),
                Optional.of("owners: [group:mixed]".getBytes(UTF_8)));
        assertThatThrownBy(() -> new PolicyFiles().read(documents))
                .hasMessageContaining("owners: includes the machine deploys");
    }

    @Test
    void everyoneWhoApprovesIsAPerson() {
        AccessPolicy policy = read("environments: {dev: {approvers: [everyone]}}", PEOPLE);
        assertThat(policy.rulesOf(DEV).approvers().includes(MACHINE)).isFalse();
    }

    @Test
    void aMachineHasNoLoginToApproveBy() {
        assertThatThrownBy(
                        () -> read("environments: {dev: {}}", PEOPLE.replace("name: deploys", "name: d, github: dd")))
                .hasMessageContaining("people[1].github: is set, but a machine approves nothing; remove it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{issuer: login, subject: x, person: U1} | identities[1].issuer: ",
                "{issuer: 'ftp://a.example', subject: x, person: U1} | identities[1].issuer: ",
                "{issuer: 'https://a.example', subject: 'repo:acme/*', person: U1} | identities[1].subject: ",
                "{issuer: 'https://a.example', subject: '', person: U1} | identities[1].subject: ",
                "{issuer: 'https://a.example', subject: 5, person: U1} | identities[1].subject: line ",
                "{issuer: 'https://a.example', subject: x, person: U7} | identities[1].person: is not in people",
                "{issuer: 'https://a.example', subject: x, person: 'machine:x'} | identities[1].person: is not in people",
                "{issuer: 'https://a.example', subject: x} | identities[1].person: is missing",
                "{issuer: 'https://a.example', subject: x, person: U1, sub: y} | identities[1].sub: is not a known key",
                "{issuer: 'https://a.example', subject: x, person: U1, claims: {a: [b]}} | identities[1].claims.a: ",
                "{issuer: 'https://a.example', subject: x, person: U1, claims: x} | identities[1].claims: must be a mapping",
                "{issuer: 'https://login.acme.com', subject: '00u 1', person: 'machine:deploys'} | occurs twice",
            })
    void aWrongIdentityIsAProblem(String entry, String problem) {
        assertThatThrownBy(() -> read("environments: {dev: {}}", PEOPLE + "  - " + entry))
                .isInstanceOf(PolicyProblems.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"machine:", "machine:A", "machine:a.b", "machine:-a", "machine.a", "Machine:a", "machine:a b"})
    void aMachinesNameIsPlain(String id) {
        assertThatThrownBy(() -> read("environments: {dev: {}}", "people:\n  - {id: \"" + id + "\", name: x}"))
                .hasMessageContaining("people[0].id: ");
    }
}
