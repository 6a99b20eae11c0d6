package dev.bastion.access.review;

import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.Reminder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A private message that asks people to decide on a request.
 *
 * @param round 0 when the request is new, then 1, 2, … for the policy's reminders
 */
public record ApprovalAsk(Proposal proposal, List<Person> people, int round, Means means) {
    /** What the people who are asked can do. */
    public enum Means {
        REVIEW_ON_GITHUB,
        REVIEW_ANYWHERE,
        /** They are no approvers, and are asked since the request waits for long. */
        FIND_AN_APPROVER
    }

    public ApprovalAsk {
        people = List.copyOf(people);
    }

    /** Those of a new request. */
    public static List<ApprovalAsk> first(Proposal proposal, AccessPolicy policy) {
        return new Schedule(proposal, policy).ask(0, List.of());
    }

    /** Those that are due by now, each person in the latest of their rounds. */
    public static List<ApprovalAsk> due(Proposal proposal, AccessPolicy policy, Instant now) {
        Schedule schedule = new Schedule(proposal, policy);
        Duration age = Duration.between(proposal.change().proposedAt(), now);
        List<ApprovalAsk> all = new ArrayList<>();
        List<Person> later = new ArrayList<>();
        for (int round = schedule.reminders().size(); round >= 0; round--) {
            if (round == 0 || schedule.reminders().get(round - 1).after().compareTo(age) <= 0) {
                all.addAll(schedule.ask(round, later));
                later.addAll(schedule.people(round));
            }
        }
        return all;
    }

    /** Everyone whom the rules ask at some time. */
    public static List<Person> everyone(Proposal proposal, AccessPolicy policy) {
        Schedule schedule = new Schedule(proposal, policy);
        return Stream.iterate(0, round -> round <= schedule.reminders().size(), round -> round + 1)
                .flatMap(round -> schedule.people(round).stream())
                .distinct()
                .toList();
    }

    private record Schedule(Proposal proposal, AccessPolicy policy) {
        private EnvironmentRules rules() {
            return policy.rulesOf(proposal.environment());
        }

        List<Reminder> reminders() {
            return rules().proposals().reminders();
        }

        private List<Person> approvers() {
            return policy.approversOf(proposal.environment(), proposal.change().beneficiaries());
        }

        /** Without the people for whom it is, and those whose account is not active. */
        List<Person> people(int round) {
            return round == 0
                    ? approvers()
                    : reminders().get(round - 1).ask().map(this::members).orElseGet(this::approvers);
        }

        private List<Person> members(Audience audience) {
            return policy.people().membersOf(audience).stream()
                    .filter(person -> proposal.change().beneficiaries().stream().noneMatch(person::is))
                    .filter(person -> policy.people().whyInactive(person).isEmpty())
                    .toList();
        }

        List<ApprovalAsk> ask(int round, List<Person> except) {
            List<Person> asked = people(round).stream()
                    .filter(person -> except.stream().noneMatch(person::is))
                    .toList();
            Means review = rules().proposals().inSlack() ? Means.REVIEW_ANYWHERE : Means.REVIEW_ON_GITHUB;
            return Stream.of(
                            new ApprovalAsk(
                                    proposal,
                                    asked.stream().filter(this::mayApprove).toList(),
                                    round,
                                    review),
                            new ApprovalAsk(
                                    proposal,
                                    asked.stream()
                                            .filter(person -> !mayApprove(person))
                                            .toList(),
                                    round,
                                    Means.FIND_AN_APPROVER))
                    .filter(ask -> !ask.people().isEmpty())
                    .toList();
        }

        private boolean mayApprove(Person person) {
            return rules().approvers().includes(person);
        }
    }
}
