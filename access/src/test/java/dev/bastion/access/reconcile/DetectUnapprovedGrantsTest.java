package dev.bastion.access.reconcile;

import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.Examples;
import dev.bastion.access.MemoryLedger;
import dev.bastion.access.MemoryProposals;
import dev.bastion.access.RecordedFailures;
import dev.bastion.access.RecordedNotifications;
import dev.bastion.access.RecordedTimers;
import dev.bastion.access.StartGrant;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Person;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.NoApprovals;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.AudienceAnswer;
import dev.bastion.access.rules.AudienceAnswers;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.ExternalMembers;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.RulesByEnvironment;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is open although nobody approved it. */
class DetectUnapprovedGrantsTest {
    private final MemoryLedger ledger = new MemoryLedger(ApprovalScenario.policy(1, ApprovalRules.USUAL), DEV, PROD);
    private final MemoryProposals proposals = new MemoryProposals(ledger, () -> NOW);
    private final RecordedNotifications notifier = new RecordedNotifications();
    private final RecordedTimers timers = new RecordedTimers();
    private final DetectUnapprovedGrants check = detection(proposals);
    private final List<Duration> askedAgain = new ArrayList<>();
    private final Grant open = grant(JOHN, PROD, NOW, NOW.plusSeconds(3600));

    private DetectUnapprovedGrants detection(ProposalRepository forge) {
        return new DetectUnapprovedGrants(
                new StartGrant(ledger, timers, notifier),
                new EndUnapprovedGrant(ledger, forge, timers, notifier, () -> NOW),
                notifier);
    }

    private Set<CommitId> check() {
        return check(standing(Duration.ofMinutes(1)));
    }

    private Set<CommitId> check(DetectUnapprovedGrants.Origins origins) {
        FailureCollector failures = new FailureCollector(new RecordedFailures());
        Set<CommitId> unproven = check.check(ledger.lastSeen(), origins, failures);
        failures.throwIfAny();
        return unproven;
    }

    private void merged(Review... reviews) {
        ledger.put(open);
        proposals.mergedPullRequests.put(
                open.openedBy(),
                new ProposalRepository.MergedPullRequest(
                        7,
                        Optional.of("johndoe"),
                        ApprovalScenario.HEAD,
                        NOW,
                        List.of(reviews),
                        Pushers.of(List.of("johndoe"))));
    }

    @Test
    void aGrantThatSomebodyElseApprovedIsNoAlarmAlsoWhenItWasMadeByHand() {
        merged(approves(1, "janeroe"));
        check();
        assertThat(notifier.alarms).isEmpty();
    }

    @Test
    void aGrantThatCameWithoutAPullRequestIsAnAlarm() {
        ledger.put(open);
        check();
        assertThat(notifier.alarms).containsExactly(List.of(new UnmetRequirement.Approvals(0, 1)));
    }

    /** git has the merge before GitHub's API shows it. */
    @Test
    void whatGithubDoesNotShowYetIsNoAlarm() {
        ledger.put(open);
        check(standing(Duration.ofSeconds(14)));
        merged(approves(1, "janeroe"));
        check(standing(Duration.ZERO));
        check(standing(Duration.ofMinutes(1)));
        assertThat(notifier.alarms).isEmpty();
    }

    @Test
    void whatThePolicyRefusesIsAnAlarmAtTheFirstLook() {
        ledger.policy = new AccessPolicy(
                RulesByEnvironment.of(
                        Examples.rules(Audience.EVERYONE, false, 0),
                        Map.of(DEV, Examples.rules(Audience.of(Set.of("U2")), false, 0))),
                ApprovalScenario.PEOPLE);
        Grant dev = grant(JOHN, DEV, NOW, NOW.plusSeconds(3600));
        ledger.putMovedByHand(dev.until(NOW.plusSeconds(7200)), Examples.commit(8));
        check(standing(Duration.ZERO));
        assertThat(notifier.failed).containsExactly(List.of(new Refusal.NotAllowed(DEV, JOHN)));
    }

    @Test
    void aCommitThatOnlySaysItWasApprovedIsAnAlarm() {
        ApprovalBasis claimed = new ApprovalBasis.Approved(
                List.of(ApprovalScenario.approval(Examples.JANE, "janeroe", 1)), GrantDuration.parse("1h"), NOW);
        ledger.put(open.with(claimed));
        check();
        assertThat(notifier.alarms).hasSize(1);
    }

    @Test
    void approvalsOfSomethingElseOrByOneselfDoNotCount() {
        merged(
                approves(1, "johndoe"),
                ApprovalScenario.review(2, "janeroe", Review.Opinion.APPROVED, ApprovalScenario.OLDER));
        check();
        assertThat(notifier.alarms)
                .containsExactly(List.of(
                        new UnmetRequirement.Approvals(0, 1),
                        new UnmetRequirement.OwnRequest(JOHN, "johndoe"),
                        new UnmetRequirement.OlderCommit("janeroe", ApprovalScenario.OLDER)));
    }

    @Test
    void breakGlassNotifiesTheBypassedApprovers() {
        ledger.put(open.with(new ApprovalBasis.BreakGlass(Optional.empty())));
        check();
        assertThat(notifier.breakGlass).hasSize(1);
        assertThat(notifier.alarms).isEmpty();
    }

    @Test
    void onlyAnApproversRetroactiveApprovalCounts() {
        ledger.put(open.with(new ApprovalBasis.BreakGlass(Optional.of(JOHN))));
        check();
        ledger.put(open.with(new ApprovalBasis.BreakGlass(Optional.of(Examples.MALLORY))));
        check();
        ledger.put(open.with(new ApprovalBasis.BreakGlass(Optional.of(Examples.JANE))));
        check();
        assertThat(notifier.breakGlass)
                .extracting(Grant::approvalBasis)
                .containsExactly(
                        new ApprovalBasis.BreakGlass(Optional.empty()),
                        new ApprovalBasis.BreakGlass(Optional.empty()),
                        new ApprovalBasis.BreakGlass(Optional.of(Examples.JANE)));
    }

    @Test
    void anExtensionThatNobodyApprovedIsAnAlarm() {
        merged(approves(1, "janeroe"));
        check();
        ledger.putMoved(open.until(NOW.plusSeconds(7200)), Examples.commit(8));
        check();
        assertThat(notifier.alarms).containsExactly(List.of(new UnmetRequirement.Approvals(0, 1)));
        assertThat(notifier.alarmedBy).containsExactly(Examples.commit(8));
    }

    @Test
    void aGrantThatAnotherPersonOpenedByHandIsAnAlarm() {
        ledger.put(grantMadeByHand());
        proposals.mergedPullRequests.put(
                open.openedBy(),
                new ProposalRepository.MergedPullRequest(
                        7,
                        Optional.of("mallory"),
                        ApprovalScenario.HEAD,
                        NOW,
                        List.of(approves(1, "janeroe")),
                        Pushers.of(List.of("johndoe"))));
        check();
        assertThat(notifier.alarms).hasSize(1);
    }

    private Grant grantMadeByHand() {
        return new Grant(
                open.environment(),
                open.request(),
                open.holder(),
                open.reason(),
                open.createdAt(),
                open.expiresAt(),
                open.openedBy(),
                Optional.empty(),
                true);
    }

    @Test
    void anExtensionThatSomebodyElseApprovedIsNone() {
        merged(approves(1, "janeroe"));
        proposals.mergedPullRequests.put(
                Examples.commit(8),
                new ProposalRepository.MergedPullRequest(
                        8,
                        Optional.empty(),
                        ApprovalScenario.HEAD,
                        NOW,
                        List.of(approves(2, "janeroe")),
                        Pushers.of(List.of("johndoe"))));
        ledger.putMoved(open.until(NOW.plusSeconds(7200)), Examples.commit(8));
        check();
        assertThat(notifier.alarms).isEmpty();
    }

    private static ApprovalBasis approvedOpening() {
        return new ApprovalBasis.Approved(
                List.of(ApprovalScenario.approval(Examples.JANE, "janeroe", 1)),
                GrantDuration.parse("1h"),
                NOW,
                Optional.of(ApprovalScenario.HEAD));
    }

    private void extended(boolean byHand, Optional<Person> by, Optional<String> author, Review... reviews) {
        proposals.mergedPullRequests.put(
                Examples.commit(8),
                new ProposalRepository.MergedPullRequest(
                        8,
                        author,
                        Examples.commit(9),
                        NOW.plusSeconds(60),
                        List.of(reviews),
                        Pushers.of(List.of("johndoe"))));
        ledger.putUnconfirmed(
                open.with(approvedOpening()).until(NOW.plusSeconds(7200)),
                new LedgerSnapshot.LatestEnd(
                        Examples.commit(8),
                        byHand,
                        by,
                        new ApprovalBasis.Unconfirmed(
                                byHand ? Optional.empty() : Optional.of(GrantDuration.parse("2h")))));
    }

    private static Review approvesExtension(int number, String login) {
        return new Review(number, login, Review.Opinion.APPROVED, Examples.commit(9), NOW);
    }

    /** It lasts until the latest end that it can have, as long as nothing starts its clock. */
    @Test
    void aMergedRequestThatNeedsNoApprovalIsStartedByTheNextCheck() {
        ledger.policy = ApprovalScenario.policy(0, ApprovalRules.USUAL);
        Grant merged = open.until(NOW.plus(Duration.ofHours(3)))
                .with(new ApprovalBasis.Unconfirmed(Optional.of(GrantDuration.parse("2h"))));
        ledger.put(merged);
        assertThat(check()).as("asked again while GitHub shows no pull request").containsExactly(merged.openedBy());
        assertThat(ledger.written).isEmpty();
        proposals.mergedPullRequests.put(
                merged.openedBy(),
                new ProposalRepository.MergedPullRequest(
                        7, Optional.empty(), ApprovalScenario.HEAD, NOW.plusSeconds(60), List.of(), Pushers.SERVICE));
        check();
        assertThat(ledger.written).singleElement().isInstanceOfSatisfying(LedgerChange.Start.class, start -> {
            assertThat(start.at()).isEqualTo(NOW.plusSeconds(60));
            assertThat(start.newEnd()).isEqualTo(NOW.plusSeconds(60).plus(Duration.ofHours(2)));
            assertThat(start.approved())
                    .get()
                    .returns(List.of(), ApprovalBasis.Approved::approvals)
                    .returns(Optional.of(ApprovalScenario.HEAD), ApprovalBasis.Approved::head);
        });
        assertThat(check()).isEmpty();
        assertThat(ledger.written).hasSize(1);
        assertThat(notifier.alarms).isEmpty();
    }

    @Test
    void aGrantByHandThatNeedsNoApprovalGetsNoStart() {
        ledger.policy = ApprovalScenario.policy(0, ApprovalRules.USUAL);
        ledger.put(grantMadeByHand().with(new ApprovalBasis.Unconfirmed(Optional.empty())));
        proposals.mergedPullRequests.put(
                open.openedBy(),
                new ProposalRepository.MergedPullRequest(
                        7,
                        Optional.of("johndoe"),
                        ApprovalScenario.HEAD,
                        NOW,
                        List.of(approves(1, "janeroe")),
                        Pushers.of(List.of("johndoe"))));
        check();
        assertThat(ledger.written).isEmpty();
        assertThat(notifier.alarms).isEmpty();
    }

    @Test
    void anExtensionThatTheForgeApprovedGetsItsSignedEntryOnce() {
        extended(false, Optional.of(Examples.JOHN), Optional.empty(), approvesExtension(2, "janeroe"));
        check();
        assertThat(ledger.written).singleElement().isInstanceOfSatisfying(LedgerChange.ConfirmEnd.class, confirm -> {
            assertThat(confirm.by()).isEqualTo(Examples.JOHN);
            assertThat(confirm.grant().expiresAt()).isEqualTo(NOW.plusSeconds(7200));
            assertThat(confirm.approved().head()).contains(Examples.commit(9));
            assertThat(confirm.approved().duration()).isEqualTo(GrantDuration.parse("2h"));
            assertThat(confirm.approved().at()).isEqualTo(NOW.plusSeconds(60));
            assertThat(confirm.approved().approvals()).extracting(Approval::by).containsExactly(Examples.JANE);
        });
        check();
        Set<CommitId> unproven = detection(proposals)
                .check(ledger.lastSeen(), _ -> Optional.empty(), new FailureCollector(new RecordedFailures()));
        assertThat(unproven).isEmpty();
        assertThat(ledger.written).hasSize(1);
        assertThat(notifier.alarms).isEmpty();
    }

    @Test
    void anExtensionThatNobodyApprovedGetsNoEntry() {
        extended(false, Optional.of(Examples.JOHN), Optional.empty(), approvesExtension(2, "johndoe"));
        check();
        assertThat(ledger.written).isEmpty();
        assertThat(notifier.alarms).hasSize(1);
    }

    /** The author of a commit can be made up; who opened a pull request can not. */
    @Test
    void anExtensionByHandIsThatOfThePullRequestsAuthor() {
        extended(true, Optional.empty(), Optional.of("johndoe"), approvesExtension(2, "janeroe"));
        check();
        assertThat(ledger.written)
                .singleElement()
                .isInstanceOfSatisfying(
                        LedgerChange.ConfirmEnd.class,
                        confirm -> assertThat(confirm.by()).isEqualTo(Examples.JOHN));
        assertThat(notifier.alarms).isEmpty();
    }

    /** An approver extends another person's grant, and reviews that from a second account. */
    @Test
    void whoExtendsByHandDoesNotApproveIt() {
        ledger.policy = new AccessPolicy(
                ledger.policy.environments(),
                new PeopleDirectory(
                        Map.of("janeroe", Examples.JANE, "janeroe2", Examples.JANE), Map.of("U2", Examples.JANE)));
        extended(true, Optional.empty(), Optional.of("janeroe"), approvesExtension(2, "janeroe2"));
        check();
        assertThat(ledger.written).isEmpty();
        assertThat(notifier.alarms).hasSize(1);
    }

    @Test
    void anExtensionByHandOfAnUnknownAccountGetsNoEntry() {
        extended(true, Optional.empty(), Optional.of("stranger"), approvesExtension(2, "janeroe"));
        check();
        assertThat(ledger.written).isEmpty();
    }

    @Test
    void whatTheApprovalOfTheOpeningCoversIsNoneEither() {
        merged(approves(1, "janeroe"));
        ApprovalBasis approved = new ApprovalBasis.Approved(
                List.of(ApprovalScenario.approval(Examples.JANE, "janeroe", 1)), GrantDuration.parse("1h"), NOW);
        ledger.putMoved(open.with(approved), Examples.commit(8));
        check();
        assertThat(notifier.alarms).isEmpty();
    }

    /** In dev no approval is needed; but the holder must be allowed, also where another person moved the end. */
    @Test
    void anEndMovedByHandForAPersonWhoIsNoLongerAllowedIsAnAlarm() {
        ledger.policy = new AccessPolicy(
                RulesByEnvironment.of(
                        Examples.rules(Audience.EVERYONE, false, 0),
                        Map.of(DEV, Examples.rules(Audience.of(Set.of("U2")), false, 0))),
                ApprovalScenario.PEOPLE);
        Grant dev = grant(JOHN, DEV, NOW, NOW.plusSeconds(3600));
        ledger.put(dev);
        check();
        assertThat(notifier.alarmedBy).as("as the service opened it").isEmpty();
        ledger.putMovedByHand(dev.until(NOW.plusSeconds(7200)), Examples.commit(8));
        check();
        assertThat(notifier.alarmedBy).containsExactly(Examples.commit(8));
        assertThat(notifier.failed).containsExactly(List.of(new Refusal.NotAllowed(DEV, JOHN)));
    }

    @Test
    void anEndMovedByHandPastTheLongestTotalIsAnAlarm() {
        Grant dev = grant(JOHN, DEV, NOW, NOW.plusSeconds(3600));
        ledger.putMovedByHand(dev.until(NOW.plus(Duration.ofHours(12))), Examples.commit(8));
        check();
        assertThat(notifier.alarmedBy).isEmpty();
        ledger.putMovedByHand(dev.until(NOW.plus(Duration.ofHours(13))), Examples.commit(9));
        check();
        assertThat(notifier.alarmedBy).containsExactly(Examples.commit(9));
    }

    private DetectUnapprovedGrants.Origins standing(Duration since) {
        return new DetectUnapprovedGrants.Origins() {
            @Override
            public Optional<Reading<Optional<ProposalRepository.MergedPullRequest>>> apply(CommitId commit) {
                return Optional.of(new Reading<>(proposals.mergedPullRequestOf(commit), NOW));
            }

            @Override
            public Duration standsFor(CommitId commit) {
                return since;
            }

            @Override
            public Duration age(CommitId commit) {
                return since;
            }

            @Override
            public void askAgainAfter(Duration pause) {
                askedAgain.add(pause);
            }
        };
    }

    private void endWhatIsUnapproved() {
        ApprovalRules usual = ApprovalRules.USUAL;
        ledger.policy = ApprovalScenario.policy(
                1,
                new ApprovalRules(
                        usual.window(), usual.covers(), true, usual.breakGlass(), ApprovalRules.Unapproved.END));
    }

    @Test
    void whatNobodyApprovedIsEndedAtTheSecondLook() {
        endWhatIsUnapproved();
        ledger.put(open);
        check(standing(Duration.ofSeconds(14)));
        assertThat(ledger.written).as("after the first look").isEmpty();
        assertThat(notifier.alarms).isEmpty();
        assertThat(askedAgain).containsExactly(DetectUnapprovedGrants.LOOK_AGAIN);
        check(standing(Duration.ofSeconds(15)));
        assertThat(notifier.alarms).hasSize(1);
        assertThat(ledger.written).containsExactly(new LedgerChange.Close(open, new End.Unapproved(), NOW));
        assertThat(notifier.endedBecauseUnapproved).containsExactly(open);
    }

    @Test
    void nothingIsEndedWithoutAnAnswerOrOnceTheApprovalIsSeen() {
        endWhatIsUnapproved();
        ledger.put(open);
        check(_ -> Optional.empty());
        check(_ -> Optional.of(new Reading<>(Optional.empty(), NOW)));
        merged(approves(1, "janeroe"));
        check(standing(Duration.ofDays(1)));
        assertThat(ledger.written).isEmpty();
        assertThat(notifier.endedBecauseUnapproved).isEmpty();
    }

    @Test
    void withoutAForgeNobodyCanTellWhatWasApproved() {
        endWhatIsUnapproved();
        ledger.put(open);
        DetectUnapprovedGrants blind = detection(new NoApprovals());
        blind.check(ledger.lastSeen(), standing(Duration.ofDays(1)), new FailureCollector(new RecordedFailures()));
        assertThat(ledger.written).isEmpty();
        assertThat(notifier.alarms).hasSize(1);
    }

    /** Who was on call when it was merged may not be now, and may be unknown. */
    @Test
    void whatAnExternalAudienceMayHaveAllowedIsAnAlarmAndNoEnd() {
        endWhatIsUnapproved();
        ExternalAudience onCall = ExternalAudience.parse("oncall:PABC123");
        EnvironmentRules rules = ledger.policy.rulesOf(PROD);
        EnvironmentRules external = new EnvironmentRules(
                rules.mayRequest(),
                rules.defaultDuration(),
                rules.longestDuration(),
                rules.longestTotal(),
                rules.extensionStep(),
                rules.warningBeforeEnd(),
                rules.reasons(),
                1,
                new Audience(false, Set.of("U3"), List.of(ExternalMembers.unknown(onCall))),
                rules.proposals());
        AccessPolicy asked = new AccessPolicy(
                RulesByEnvironment.of(external, Map.of(PROD, external)),
                ApprovalScenario.PEOPLE.onCallAs(Map.of("PJANE", Examples.JANE)));
        merged(approves(1, "janeroe"));
        for (AudienceAnswers answers : List.of(
                AudienceAnswers.NONE,
                new AudienceAnswers(Map.of(onCall, new AudienceAnswer.Members(NOW, Set.of("PELSE")))))) {
            ledger.policy = asked.answered(answers);
            check(standing(Duration.ofDays(1)));
        }
        assertThat(notifier.alarms).hasSize(2);
        assertThat(ledger.written).isEmpty();
        merged(approves(1, "mallory"));
        check(standing(Duration.ofDays(1)));
        assertThat(ledger.written).as("no answer could have allowed it").hasSize(1);
    }

    @Test
    void anAlarmIsNoEndUnlessThePolicySaysSo() {
        ledger.put(open);
        check(standing(Duration.ofDays(1)));
        assertThat(ledger.written).isEmpty();
        assertThat(notifier.alarms).hasSize(1);
    }

    @Test
    void anEnvironmentThatNoKeyNamesIsAnAlarmWhenItIsOpenedByHand() {
        ledger.policy = new AccessPolicy(
                RulesByEnvironment.of(Examples.rules(Audience.EVERYONE, false, 0), Map.of()), ApprovalScenario.PEOPLE);
        ledger.put(new Grant(
                DEV,
                open.request(),
                JOHN,
                open.reason(),
                NOW,
                NOW.plusSeconds(3600),
                Examples.COMMIT,
                Optional.empty(),
                true));
        check();
        assertThat(notifier.failed).containsExactly(List.of(new Refusal.UnnamedEnvironment(DEV)));
    }

    @Test
    void whereNobodyMustApproveNothingIsAsked() {
        proposals.down = true;
        ledger.put(grant(JOHN, DEV, NOW, NOW.plusSeconds(60)));
        check();
        assertThat(notifier.alarms).isEmpty();
    }

    @Test
    void nothingIsSaidBeforeTheForgeWasAskedAndNothingIsAskedAfterItProved() {
        merged(approves(1, "janeroe"));
        assertThat(check(_ -> Optional.empty())).containsExactly(open.openedBy());
        assertThat(notifier.alarms).isEmpty();
        assertThat(check()).isEmpty();
        assertThat(check(_ -> Optional.empty())).isEmpty();
    }

    /** Jane may approve dev and not prod, which is checked after it: one commit that opens both is checked for each. */
    @Test
    void aCommitThatOpensTwoEnvironmentsIsCheckedForEach() {
        EnvironmentRules ofMax = ApprovalScenario.rules(Audience.EVERYONE, 1, "8h", ApprovalRules.USUAL);
        EnvironmentRules maxOnly = new EnvironmentRules(
                ofMax.mayRequest(),
                ofMax.defaultDuration(),
                ofMax.longestDuration(),
                ofMax.longestTotal(),
                ofMax.extensionStep(),
                ofMax.warningBeforeEnd(),
                ofMax.reasons(),
                1,
                Audience.of(Set.of(ApprovalScenario.MAX.id())),
                ofMax.proposals());
        ledger.policy = new AccessPolicy(
                RulesByEnvironment.of(ofMax, Map.of(DEV, ledger.policy.rulesOf(PROD), PROD, maxOnly)),
                ledger.policy.people());
        merged(approves(1, "janeroe"));
        Grant other = grant(JOHN, DEV, NOW, NOW.plusSeconds(3600));
        assertThat(other.openedBy()).isEqualTo(open.openedBy());
        ledger.put(other);
        check();
        assertThat(notifier.alarms)
                .containsExactly(List.of(
                        new UnmetRequirement.Approvals(0, 1),
                        new UnmetRequirement.NotAnApprover(Examples.JANE, "janeroe")));
    }

    @Test
    void aSignedStartIsBelievedWithoutAskingTheForge() {
        ApprovalBasis signed = new ApprovalBasis.Approved(
                List.of(ApprovalScenario.approval(Examples.JANE, "janeroe", 1)),
                GrantDuration.parse("1h"),
                NOW,
                Optional.of(ApprovalScenario.HEAD));
        ledger.put(open.with(signed));
        assertThat(check(_ -> Optional.empty())).isEmpty();
        assertThat(notifier.alarms).isEmpty();
    }

    @Test
    void aMergedProposalThatTheForgeApprovedGetsItsSignedStart() {
        merged(approves(1, "janeroe"));
        Grant waiting = open.with(new ApprovalBasis.Unconfirmed(Optional.of(GrantDuration.parse("30m"))));
        ledger.put(waiting);
        check();
        assertThat(ledger.written).singleElement().isInstanceOfSatisfying(LedgerChange.Start.class, start -> {
            assertThat(start.at()).isEqualTo(NOW.plusSeconds(1));
            assertThat(start.newEnd()).isEqualTo(NOW.plusSeconds(1801));
            assertThat(start.approved().orElseThrow().head()).contains(ApprovalScenario.HEAD);
        });
        check();
        assertThat(ledger.written).hasSize(1);
    }

    @Test
    void aHandMadeGrantThatTheForgeApprovedKeepsItsTimes() {
        merged(approves(1, "janeroe"));
        ledger.put(open.with(new ApprovalBasis.Unconfirmed(Optional.empty())));
        check();
        assertThat(ledger.written).singleElement().isInstanceOfSatisfying(LedgerChange.Start.class, start -> {
            assertThat(start.at()).isEqualTo(open.createdAt());
            assertThat(start.newEnd()).isEqualTo(open.expiresAt());
        });
    }

    @Test
    void whatNobodyApprovedGetsNoStart() {
        merged(approves(1, "johndoe"));
        ledger.put(open.with(new ApprovalBasis.Unconfirmed(Optional.empty())));
        check();
        assertThat(ledger.written).isEmpty();
        assertThat(notifier.alarms).hasSize(1);
    }

    /** Nothing says how much of it the approval covered. */
    @Test
    void aHandMadeGrantWhoseEndWasMovedGetsNoStart() {
        merged(approves(1, "janeroe"));
        ledger.putMoved(open.with(new ApprovalBasis.Unconfirmed(Optional.empty())), Examples.commit(8));
        check();
        assertThat(ledger.written).isEmpty();
    }
}
