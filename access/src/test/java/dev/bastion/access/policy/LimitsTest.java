package dev.bastion.access.policy;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.Examples;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.BreakGlassRules;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.PersonLimits;
import dev.bastion.access.rules.RulesByEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much one person may have, ask for and open by break-glass. */
class LimitsTest {
    private static final EnvironmentName PAY = new EnvironmentName("prod/pay");
    private static final BreakGlassRules GLASS =
            new BreakGlassRules(Audience.of(Set.of("U1")), GrantDuration.parse("1h"), 2, GrantDuration.parse("24h"));
    private static final EnvironmentRules PROTECTED = ApprovalScenario.rules(
            Audience.EVERYONE, 1, "8h", new ApprovalRules(GrantDuration.parse("1h"), Duration.ZERO, true, GLASS));
    private static final AccessPolicy POLICY = new AccessPolicy(
            new RulesByEnvironment(
                    Examples.rules(Audience.EVERYONE, false, 0),
                    true,
                    Map.of(PROD, PROTECTED, PAY, PROTECTED),
                    Map.of()),
            new PersonLimits(3, 4, Duration.ofMinutes(5)),
            ApprovalScenario.PEOPLE,
            Audience.NOBODY);

    private static Grant open(Person holder, int number, Instant at) {
        EnvironmentName environment = new EnvironmentName("e" + number);
        return new Grant(
                environment,
                RequestId.derivedFrom(holder.id() + environment + at),
                holder,
                Reason.NONE,
                at,
                at.plusSeconds(3600L + number),
                Examples.COMMIT,
                Optional.empty(),
                false);
    }

    private static List<Grant> open(Person holder, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> open(holder, number, NOW.minus(Duration.ofMinutes(30))))
                .toList();
    }

    private static ProposedChange asked(Person person, EnvironmentName environment, Instant at) {
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom(person.id() + environment + at),
                person,
                environment,
                Optional.empty(),
                Reason.of("INC-12"),
                at);
        return new ProposedChange.Opening(request, GrantDuration.parse("2h"), at, at.plusSeconds(3600));
    }

    private static ProposalSnapshot closed(
            Person person, EnvironmentName environment, Optional<ProposalSnapshot.Ending> how, Instant at) {
        ProposalSnapshot seen = ApprovalScenario.snapshot(asked(person, environment, at.minusSeconds(60)));
        return ApprovalScenario.with(seen, new ProposalSnapshot.State.Closed(Optional.empty(), how, at));
    }

    private static Optional<Refusal> refusal(AccessRequest request, Usage usage, Instant now) {
        return POLICY.decide(request, new EnvironmentState.Closed(request.environment()), usage, now)
                        instanceof Decision.Refuse(var _, var refusal)
                ? Optional.of(refusal)
                : Optional.empty();
    }

    private static Optional<Refusal> refusal(Usage usage) {
        return refusal(request(JOHN, DEV, "2h", "INC-12"), usage, NOW);
    }

    private static Usage usage(List<Grant> open, List<Grant> past, List<ProposalSnapshot> closed) {
        return new Usage(open, past, List.of(), closed);
    }

    @Test
    void openGrantsAndWaitingRequestsTogetherAreLimited() {
        Proposal waiting = ApprovalScenario.proposal(asked(JOHN, PROD, NOW.minus(Duration.ofMinutes(50))));
        assertThat(refusal(new Usage(open(JOHN, 1), List.of(), List.of(waiting), List.of())))
                .isEmpty();
        assertThat(refusal(new Usage(open(JOHN, 2), List.of(), List.of(waiting), List.of())))
                .as("the first to end is the request that lapses")
                .contains(new Refusal.TooManyAtOnce(JOHN, 3, NOW.plus(Duration.ofMinutes(10))));
        assertThat(refusal(new Usage(open(JANE, 9), List.of(), List.of(), List.of())))
                .as("of others")
                .isEmpty();
    }

    @Test
    void whoHasASlotOfAnEnvironmentGetsNoSecondOne() {
        Grant first = open(JOHN, 1, NOW);
        Usage usage = usage(List.of(first), List.of(), List.of());
        AccessRequest second = request(JOHN, first.environment().slot(2), "2h", "INC-12");
        assertThat(refusal(second, usage, NOW)).contains(new Refusal.AlreadyOpen(first));
        assertThat(refusal(request(JANE, first.environment().slot(2), "2h", "INC-12"), usage, NOW))
                .as("of another person")
                .isEmpty();
    }

    @Test
    void theRequestThatIsDeliveredAgainDoesNotCountAgainstItself() {
        Proposal waiting = ApprovalScenario.proposal(asked(JOHN, PROD, NOW));
        Usage full = new Usage(open(JOHN, 2), List.of(), List.of(waiting), List.of());
        assertThat(refusal(full)).isPresent();
        assertThat(refusal(full.without(waiting.id()))).isEmpty();
    }

    @Test
    void requestsOfAnHourAreLimitedHoweverTheyEnded() {
        Instant lately = NOW.minus(Duration.ofMinutes(30));
        List<Grant> past = List.of(open(JOHN, 1, lately), open(JOHN, 2, lately.plusSeconds(1)));
        ProposalSnapshot withdrawn =
                closed(JOHN, PROD, Optional.of(ProposalSnapshot.Ending.WITHDRAWN), lately.plusSeconds(90));
        Proposal waiting = ApprovalScenario.proposal(asked(JOHN, PAY, lately));
        Usage three = usage(List.of(), past, List.of(withdrawn));
        assertThat(refusal(three)).isEmpty();
        assertThat(refusal(three.withProposals(List.of(waiting), List.of(withdrawn))))
                .contains(new Refusal.TooManyRequests(JOHN, 4, lately.plus(Duration.ofHours(1))));
        assertThat(refusal(
                        request(JOHN, DEV, "2h", "x"),
                        three.withProposals(List.of(waiting), List.of(withdrawn)),
                        NOW.plus(Duration.ofMinutes(30))))
                .as("half an hour later")
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} s ago: {2}")
    @CsvSource({
        "denied,    299, true",
        "denied,    300, false",
        "WITHDRAWN, 10,  true",
        "WITHDRAWN, 301, false",
        "LAPSED,    10,  false",
        "REFUSED,   10,  false",
    })
    void whatWasDeniedOrWithdrawnIsNotAskedAgainAtOnce(String how, long ago, boolean isRefused) {
        Optional<ProposalSnapshot.Ending> ending =
                how.equals("denied") ? Optional.empty() : Optional.of(ProposalSnapshot.Ending.valueOf(how));
        ProposalSnapshot last = closed(JOHN, PROD, ending, NOW.minusSeconds(ago));
        Usage usage = usage(List.of(), List.of(), List.of(last));
        Optional<Refusal> expected = isRefused
                ? Optional.of(
                        new Refusal.AskedAgain(last.proposal(), how.equals("WITHDRAWN"), NOW.plusSeconds(300 - ago)))
                : Optional.empty();
        assertThat(refusal(request(JOHN, PROD, "2h", "INC-12"), usage, NOW)).isEqualTo(expected);
        assertThat(refusal(request(JOHN, PAY, "2h", "INC-12"), usage, NOW))
                .as("another environment")
                .isEmpty();
        assertThat(refusal(request(JANE, PROD, "2h", "INC-12"), usage, NOW))
                .as("another person")
                .isEmpty();
    }

    @Test
    void anExtensionThatWasDeniedIsNotAskedAgainAtOnceEither() {
        Grant grant = grant(JOHN, PROD, NOW, NOW.plusSeconds(3600));
        ProposalSnapshot denied = closed(JOHN, PROD, Optional.empty(), NOW.minusSeconds(10));
        Usage usage = usage(List.of(grant), List.of(), List.of(denied));
        EnvironmentState state = new EnvironmentState.Open(grant);
        assertThat(POLICY.decideExtension(Examples.extension(JOHN, PROD, "2h"), state, usage, NOW))
                .isEqualTo(new Decision.Refuse(
                        CheckName.LIMITS, new Refusal.AskedAgain(denied.proposal(), false, NOW.plusSeconds(290))));
        assertThat(POLICY.decideExtension(Examples.extension(JOHN, PROD, "2h"), state, Usage.NONE, NOW))
                .isInstanceOf(Decision.Propose.class);
    }

    private static AccessRequest breakGlass(EnvironmentName environment) {
        AccessRequest plain = request(JOHN, environment, "1h", "INC-12");
        return new AccessRequest(
                plain.id(), JOHN, environment, plain.duration(), plain.reason(), true, plain.askedAt());
    }

    private static Grant used(Person holder, EnvironmentName environment, Duration ago, Optional<Person> approvedBy) {
        Grant grant = grant(holder, environment, NOW.minus(ago), NOW.minus(ago).plusSeconds(60));
        return grant.with(new ApprovalBasis.BreakGlass(approvedBy));
    }

    @ParameterizedTest(name = "open {0}")
    @ValueSource(booleans = {true, false})
    void thereIsNoSecondBreakGlassWhileTheFirstIsNotApproved(boolean isOpen) {
        for (Optional<Person> by :
                List.of(Optional.<Person>empty(), Optional.of(JOHN), Optional.of(Examples.MALLORY))) {
            Grant first = used(JOHN, PAY, Duration.ofDays(40), by);
            Usage usage =
                    isOpen ? usage(List.of(first), List.of(), List.of()) : usage(List.of(), List.of(first), List.of());
            assertThat(refusal(breakGlass(PROD), usage, NOW))
                    .as("in another environment, approved by %s", by)
                    .contains(new Refusal.BreakGlassUnanswered(first));
            assertThat(refusal(request(JOHN, PROD, "1h", "INC-12"), usage, NOW))
                    .as("with approval")
                    .isEmpty();
        }
        Grant approved = used(JOHN, PAY, Duration.ofDays(40), Optional.of(JANE));
        Grant others = used(ApprovalScenario.MAX, PROD, Duration.ofHours(1), Optional.empty());
        assertThat(refusal(breakGlass(PROD), usage(List.of(others), List.of(approved), List.of()), NOW))
                .isEmpty();
    }

    @Test
    void whereApprovalIsNoLongerRequiredNothingIsUnanswered() {
        Grant first = used(JOHN, DEV, Duration.ofDays(1), Optional.empty());
        assertThat(refusal(breakGlass(PROD), usage(List.of(), List.of(first), List.of()), NOW))
                .isEmpty();
    }

    @Test
    void breakGlassIsLimitedByPersonAndEnvironment() {
        Grant first = used(JOHN, PROD, Duration.ofHours(23), Optional.of(JANE));
        Grant second = used(JOHN, PROD, Duration.ofHours(1), Optional.of(JANE));
        Usage usage = usage(List.of(), List.of(first, second), List.of());
        assertThat(refusal(breakGlass(PROD), usage, NOW))
                .contains(new Refusal.BreakGlassUsed(
                        PROD, JOHN, 2, GrantDuration.parse("24h"), NOW.plus(Duration.ofHours(1))));
        assertThat(refusal(breakGlass(PAY), usage, NOW)).isEmpty();
        assertThat(refusal(breakGlass(PROD), usage, NOW.plus(Duration.ofHours(1))))
                .isEmpty();
    }

    @Test
    void noOtherLimitStandsInTheWayOfBreakGlass() {
        ProposalSnapshot denied = closed(JOHN, PROD, Optional.empty(), NOW.minusSeconds(10));
        assertThat(refusal(breakGlass(PROD), usage(open(JOHN, 9), List.of(), List.of(denied)), NOW))
                .isEmpty();
    }
}
