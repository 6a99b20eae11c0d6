package dev.bastion.slack.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.proposal.ExtensionRequest;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.Review;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.slack.Samples;
import dev.bastion.slack.SlackWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kind of message that asks people to act, with every way in which it has nothing to ask any more: it is edited, once,
 * loses the buttons that do not hold, and says what became of it, also by a process that did not send it.
 */
class ResolvedMessagesTest {
    private static final List<String> APPROVERS = List.of("jane.roe", "max.mustermann");

    private final SlackWorld world = SlackWorld.quiet();

    @AfterEach
    void stop() {
        world.close();
    }

    enum Decision {
        APPROVED("approved by *jane.roe*"),
        DENIED("*max.mustermann* (maxm) denied it"),
        WITHDRAWN("and withdrew it"),
        LAPSED("it lapsed"),
        CHANGED_HEAD("it is no longer possible");

        private final String says;

        Decision(String says) {
            this.says = says;
        }
    }

    static Stream<Arguments> decisions() {
        return Stream.of(Decision.values())
                .flatMap(way -> Stream.of(Arguments.of(way, false), Arguments.of(way, true)));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void approversReadWhatBecameOfTheProposalAndOfItsReminders(Decision way, boolean isKilled) {
        request("prod", false);
        review();
        APPROVERS.forEach(approver -> SlackWorld.soon().until(() -> sent(approver) == 1));
        world.clockOffset = Duration.ofMinutes(20);
        review();
        APPROVERS.forEach(approver -> SlackWorld.soon().until(() -> sent(approver) == 2));
        decide(way);
        restartIf(isKilled);
        review();
        APPROVERS.forEach(approver -> SlackWorld.soon()
                .untilAsserted(() -> assertThat(privately(approver))
                        .hasSize(2)
                        .allSatisfy(message -> assertThat(message.readable())
                                .contains(way.says)
                                .doesNotContain("You can approve", "lapses"))));
        staysEditedOnce(() -> APPROVERS.stream().flatMap(approver -> privately(approver).stream()));
    }

    private void decide(Decision way) {
        Proposal proposal = world.proposals.last().proposal();
        switch (way) {
            case APPROVED -> world.proposals.review("janeroe", Review.Opinion.APPROVED);
            case DENIED -> world.proposals.closedBy("maxm");
            case WITHDRAWN -> world.proposals.close(new ProposalStatus(proposal, new ProposalStage.Withdrawn()));
            case LAPSED -> world.clockOffset = Duration.ofMinutes(61);
            case CHANGED_HEAD ->
                world.proposals.close(new ProposalStatus(
                        proposal, new ProposalStage.Refused(new Refusal.Altered(proposal.environment()))));
        }
        if (way == Decision.APPROVED || way == Decision.LAPSED) {
            review();
        }
    }

    enum BreakGlassEnd {
        APPROVED,
        ENDED,
        EXPIRED,
        APPROVED_AND_ENDED,
        ENDED_AND_APPROVED,
        NEEDS_NO_APPROVAL;

        boolean isAnswered() {
            return this != ENDED && this != EXPIRED;
        }

        boolean isOver() {
            return this != APPROVED && this != NEEDS_NO_APPROVAL;
        }
    }

    static Stream<Arguments> breakGlassEnds() {
        return Stream.of(BreakGlassEnd.values())
                .flatMap(way -> Stream.of(Arguments.of(way, false), Arguments.of(way, true)));
    }

    @ParameterizedTest
    @MethodSource("breakGlassEnds")
    void breakGlassMessagesKeepOnlyTheButtonsThatHold(BreakGlassEnd way, boolean isKilled) {
        request("prod", true);
        review();
        APPROVERS.forEach(approver -> SlackWorld.soon().until(() -> sent(approver) == 1));
        SlackWorld.soon().until(() -> world.workspace().messages().size() == 2);
        bring(way);
        restartIf(isKilled);
        review();
        List<String> onOffer = Stream.of(
                        way.isAnswered() ? "" : "grant_endorse", way.isOver() || way.isAnswered() ? "" : "grant_end")
                .filter(action -> !action.isEmpty())
                .toList();
        APPROVERS.forEach(approver -> SlackWorld.soon()
                .untilAsserted(() -> assertThat(privately(approver))
                        .singleElement()
                        .satisfies(message -> says(message, way, onOffer))));
        List<String> inChannel = way.isOver() || !way.isAnswered() ? onOffer : List.of("grant_end");
        SlackWorld.soon().untilAsserted(() -> says(world.workspace().messages().getLast(), way, inChannel));
        staysEditedOnce(() -> Stream.concat(
                APPROVERS.stream().flatMap(approver -> privately(approver).stream()),
                Stream.of(world.workspace().messages().getLast())));
    }

    private static void says(Message message, BreakGlassEnd way, List<String> onOffer) {
        assertThat(message.actions()).isEqualTo(onOffer);
        assertThat(message.readable()).contains("used break-glass access");
        if (way.isOver()) {
            assertThat(message.readable())
                    .contains("was open; ", way == BreakGlassEnd.EXPIRED ? "it expired" : "john.doe ended it")
                    .doesNotContain("or end it");
        }
        if (way.isAnswered()) {
            assertThat(message.readable())
                    .contains(
                            way == BreakGlassEnd.NEEDS_NO_APPROVAL
                                    ? "the policy asks for no approval any more"
                                    : "*jane.roe* approved")
                    .doesNotContain("then approve it");
        }
    }

    private void bring(BreakGlassEnd way) {
        switch (way) {
            case APPROVED -> approveRetroactively();
            case ENDED -> end();
            case EXPIRED -> expire();
            case APPROVED_AND_ENDED -> {
                approveRetroactively();
                end();
            }
            case ENDED_AND_APPROVED -> {
                end();
                approveRetroactively();
            }
            case NEEDS_NO_APPROVAL -> world.ledger.approvals = 0;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void breakGlassThatEndedAndIsApprovedLaterIsEditedForEach(boolean isKilled) {
        request("prod", true);
        review();
        SlackWorld.soon().until(() -> sent("jane.roe") == 1);
        end();
        review();
        SlackWorld.soon().until(() -> privately("jane.roe").getFirst().actions().equals(List.of("grant_endorse")));
        restartIf(isKilled);
        approveRetroactively();
        review();
        SlackWorld.soon().until(() -> privately("jane.roe").getFirst().actions().isEmpty());
        SlackWorld.stays(() -> privately("jane.roe").getFirst().versions().size() == 3);
        assertThat(privately("jane.roe").getFirst().readable()).contains("*jane.roe* approved");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDailyReminderLosesTheButtonOfEachGrantThatIsApproved(boolean isKilled) {
        Grant first = usedBreakGlass("prod", "first", Duration.ofDays(3));
        Grant second = usedBreakGlass("prod", "second", Duration.ofDays(2));
        review();
        SlackWorld.soon().until(() -> sent("jane.roe") == 1);
        assertThat(privately("jane.roe").getFirst().actions()).hasSize(2);
        restartIf(isKilled);
        world.cases().approveRetroactively().approveRetroactively(Samples.JANE, Samples.PROD, first.request());
        review();
        SlackWorld.soon().until(() -> privately("jane.roe").getFirst().actions().size() == 1);
        assertThat(privately("jane.roe").getFirst().readable())
                .contains("*jane.roe* approved", "still waits for your approval", "Review each");
        world.cases().approveRetroactively().approveRetroactively(Samples.MAX, Samples.PROD, second.request());
        restartIf(isKilled);
        review();
        SlackWorld.soon().until(() -> privately("jane.roe").getFirst().actions().isEmpty());
        assertThat(privately("jane.roe").getFirst().readable())
                .contains("no longer waits for your approval", "*max.mustermann* approved")
                .doesNotContain("Review each");
        SlackWorld.stays(() -> privately("jane.roe").getFirst().versions().size() == 3);
    }

    enum AlarmEnd {
        ENDED("john.doe ended it"),
        EXPIRED("it expired"),
        ENDED_BY_THE_SERVICE("the service ended it"),
        ALLOWED("The policy allows that *prod* is open");

        private final String says;

        AlarmEnd(String says) {
            this.says = says;
        }
    }

    static Stream<Arguments> alarmEnds() {
        return Stream.of(AlarmEnd.values())
                .flatMap(way -> Stream.of(Arguments.of(way, false), Arguments.of(way, true)));
    }

    @ParameterizedTest
    @MethodSource("alarmEnds")
    void theAlarmAboutAccessAgainstThePolicySaysHowItEnded(AlarmEnd way, boolean isKilled) {
        Instant now = Timestamps.wholeSeconds(world.clock.instant());
        world.ledger.put(new Grant(
                Samples.PROD,
                RequestId.derivedFrom("by hand"),
                Samples.JOHN,
                Samples.grant().reason(),
                now,
                now.plusSeconds(3600),
                Samples.OPENED,
                Optional.empty(),
                new ApprovalBasis.ByPolicy(),
                true));
        review();
        SlackWorld.soon().until(() -> world.workspace().messages().size() == 1);
        assertThat(world.message().actions()).containsExactly("grant_end");
        switch (way) {
            case ENDED -> end();
            case EXPIRED -> expire();
            case ENDED_BY_THE_SERVICE -> close(new End.Unapproved());
            case ALLOWED -> world.ledger.approvals = 0;
        }
        restartIf(isKilled);
        review();
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(world.message().readable())
                        .contains(way.says, "• 0 of 1 approval")
                        .doesNotContain("End it unless", "🚨"));
        assertThat(world.message().actions()).isEmpty();
        staysEditedOnce(() -> world.workspace().messages().stream());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWarningOfAnEarlierEndSaysThatItWasExtended(boolean isKilled) {
        request("dev", false);
        world.show(new GrantStage.EndsSoon(Optional.of(Samples.CONNECTION)));
        SlackWorld.soon().until(() -> sent("john.doe") == 2);
        world.cases()
                .extend()
                .extend(new ExtensionRequest(
                        RequestId.derivedFrom("longer"),
                        Samples.JOHN,
                        Samples.DEV,
                        Optional.empty(),
                        Optional.empty()));
        restartIf(isKilled);
        world.show(new GrantStage.Ready(Samples.CONNECTION));
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(privately("john.doe").get(1).readable())
                        .contains("It was extended")
                        .doesNotContain("Extend it if you need"));
        assertThat(privately("john.doe").get(1).actions()).isEmpty();
        assertThat(privately("john.doe").getFirst().actions()).containsExactly("grant_extend", "grant_end");
        world.show(new GrantStage.Ready(Samples.CONNECTION));
        SlackWorld.stays(() -> privately("john.doe").get(1).versions().size() == 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theHoldersMessagesSayHowAccessEnded(boolean isKilled) {
        request("dev", false);
        world.show(new GrantStage.ApplyFailed("quota", Optional.empty()));
        SlackWorld.soon().until(() -> sent("john.doe") == 1);
        world.show(new GrantStage.EndsSoon(Optional.of(Samples.CONNECTION)));
        SlackWorld.soon().until(() -> sent("john.doe") == 3);
        SlackWorld.soon()
                .until(() -> privately("john.doe").getFirst().readable().contains("is open for you until"));
        restartIf(isKilled);
        close(new End.EndedBy(Samples.JANE));
        world.showPast(new GrantStage.Closing(world.past(), new GrantStage.Wait.NoReport(), Optional.empty()));
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(privately("john.doe").subList(1, 3))
                        .allSatisfy(message -> {
                            assertThat(message.readable()).contains("jane.roe ended it");
                            assertThat(message.actions()).isEmpty();
                        }));
        assertThat(privately("john.doe")).hasSize(4);
        staysEditedOnce(() -> privately("john.doe").subList(0, 3).stream());
    }

    /** One message that Slack does not let us edit keeps no other from being edited. */
    @ParameterizedTest
    @EnumSource(Refused.class)
    void whatCannotBeEditedIsLoggedAndTheRestIs(Refused refused) {
        request("prod", false);
        review();
        APPROVERS.forEach(approver -> SlackWorld.soon().until(() -> sent(approver) == 1));
        world.workspace().faults().fail(refused.method, refused.failure(), 1);
        decide(Decision.DENIED);
        review();
        review();
        SlackWorld.soon()
                .until(() -> APPROVERS.stream()
                                .flatMap(approver -> privately(approver).stream())
                                .filter(message -> message.readable().contains(Decision.DENIED.says))
                                .count()
                        >= refused.edited);
    }

    enum Refused {
        AN_EDIT("chat.update", 1),
        AN_EDIT_FOR_NOW("chat.update", 2),
        A_READ_FOR_NOW("conversations.history", 2);

        private final String method;
        private final long edited;

        Refused(String method, long edited) {
            this.method = method;
            this.edited = edited;
        }

        private ApiFailure failure() {
            return switch (this) {
                case AN_EDIT -> new ApiFailure.Refused("cant_update_message");
                case AN_EDIT_FOR_NOW -> new ApiFailure.Status(500);
                case A_READ_FOR_NOW -> new ApiFailure.RateLimited(Duration.ofSeconds(1));
            };
        }
    }

    /** The morning after: many proposals were decided, and their approvers' conversations are read a few times, not each time. */
    @Test
    void aNewProcessReadsEachConversationAFewTimesHoweverMuchWasDecided() {
        for (int i = 0; i < 60; i++) {
            Grant used =
                    usedBreakGlass("prod", "number " + i, Duration.ofDays(2).plusMinutes(i));
            world.ledger.record(new LedgerChange.Approve(used, Samples.JANE, Samples.START));
        }
        world.killAndRestart();
        int before = world.calls("conversations.history").size();
        review();
        SlackWorld.stays(() -> world.calls("conversations.history").size() > before);
        assertThat(world.calls("conversations.history").size() - before).isLessThan(60);
    }

    private void review() {
        world.review();
        world.review();
    }

    private void restartIf(boolean isKilled) {
        if (isKilled) {
            world.killAndRestart();
        }
    }

    private void request(String environment, boolean isBreakGlass) {
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom("first"),
                Samples.JOHN,
                new EnvironmentName(environment),
                Optional.of(GrantDuration.parse("1h")),
                Reason.of("INC-12"),
                isBreakGlass,
                Timestamps.wholeSeconds(world.clock.instant()));
        assertThat(world.cases().request().request(request)).isNotInstanceOf(Outcome.Refused.class);
        SlackWorld.soon().until(() -> !world.workspace().messages().isEmpty());
    }

    /** Access that was opened by break-glass so long ago, and has ended. */
    private Grant usedBreakGlass(String environment, String seed, Duration ago) {
        Instant start = Timestamps.wholeSeconds(world.clock.instant()).minus(ago);
        Grant used = new Grant(
                new EnvironmentName(environment),
                RequestId.derivedFrom(seed),
                Samples.JOHN,
                Reason.of("INC-12"),
                start,
                start.plusSeconds(3600),
                Samples.OPENED,
                Optional.empty(),
                new ApprovalBasis.BreakGlass(Optional.empty()),
                false);
        world.ledger.put(used);
        world.ledger.record(new LedgerChange.Close(used, new End.Expired(), used.expiresAt()));
        return used;
    }

    private void approveRetroactively() {
        RequestId request = RequestId.derivedFrom("first");
        assertThat(world.cases().approveRetroactively().approveRetroactively(Samples.JANE, Samples.PROD, request))
                .isInstanceOf(Outcome.Done.class);
    }

    private void end() {
        close(new End.EndedBy(Samples.JOHN));
    }

    private void expire() {
        close(new End.Expired());
    }

    private void close(End end) {
        Grant grant = world.ledger.read().openGrants().getFirst();
        world.ledger.record(new LedgerChange.Close(grant, end, Timestamps.wholeSeconds(world.clock.instant())));
        PastGrant past = world.past();
        assertThat(past.end()).isEqualTo(end);
    }

    private int sent(String person) {
        return privately(person).size();
    }

    private List<Message> privately(String person) {
        return world.workspace().dms(person);
    }

    private void staysEditedOnce(Supplier<Stream<Message>> messages) {
        review();
        SlackWorld.stays(
                () -> messages.get().allMatch(message -> message.versions().size() == 2));
    }
}
