package dev.bastion.access.policy;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a pull request obeys the policy, by the policy that is in force and not by the one it brings. Nothing is taken
 * from its commit messages: what it makes of the files, who opened it and who reviewed it is all that counts.
 */
public final class PullRequestPolicy {
    private final ManualPullRequest pullRequest;
    private final LedgerSnapshot ledger;
    private final AccessPolicy policy;
    private final Instant now;
    private final List<PolicyVerdict.Effect> effects = new ArrayList<>();
    private final List<PolicyVerdict.Unmet> unmet = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    private PullRequestPolicy(ManualPullRequest pullRequest, LedgerSnapshot ledger, Instant now) {
        this.pullRequest = pullRequest;
        this.ledger = ledger;
        this.policy = ledger.policy();
        this.now = now;
    }

    /** One that the service did not make, or that it cannot recognise as its own any more. */
    public static PolicyVerdict of(ManualPullRequest pullRequest, LedgerSnapshot ledger, Instant now) {
        return new PullRequestPolicy(pullRequest, ledger, now).verdict();
    }

    /** One that the service made: by the very rules it is let through by, but for what CI and the forge have to say. */
    public static PolicyVerdict of(ProposalSnapshot proposal, LedgerSnapshot ledger, Instant now) {
        EnvironmentName environment = proposal.proposal().environment();
        EnvironmentState state = ledger.state(environment).orElseGet(() -> gone(environment));
        return switch (ledger.policy().review(proposal.rulesAlone(), state, now)) {
            case ProposalDecision.Merge(var approvals) ->
                new PolicyVerdict.Pass(List.of(
                        new PolicyVerdict.Effect(kindOf(proposal.proposal().change()), environment, approvals)));
            case ProposalDecision.Wait(var reasons) ->
                new PolicyVerdict.Waiting(reasons.stream()
                        .map(reason -> new PolicyVerdict.Unmet(environment, reason))
                        .toList());
            case ProposalDecision.Lapse _ -> new PolicyVerdict.Fail(List.of(new Violation.Lapsed(environment)));
            case ProposalDecision.Refuse(Refusal why) -> new PolicyVerdict.Fail(List.of(new Violation.Refused(why)));
            case ProposalDecision.Over _ -> new PolicyVerdict.Pass(List.of());
        };
    }

    private static EnvironmentState gone(EnvironmentName environment) {
        return new EnvironmentState.Unclear(environment, "its environment file is gone");
    }

    private static PolicyVerdict.Kind kindOf(ProposedChange change) {
        return switch (change) {
            case ProposedChange.Opening _ -> PolicyVerdict.Kind.OPENS;
            case ProposedChange.Extension _ -> PolicyVerdict.Kind.EXTENDS;
        };
    }

    private PolicyVerdict verdict() {
        pullRequest.problems().forEach(problem -> violations.add(new Violation.Faulty(problem)));
        pullRequest.edits().forEach(this::judge);
        if (!violations.isEmpty()) {
            return new PolicyVerdict.Fail(violations);
        }
        return unmet.isEmpty() ? new PolicyVerdict.Pass(effects) : new PolicyVerdict.Waiting(unmet);
    }

    private void judge(EnvironmentEdit edit) {
        EnvironmentName environment = edit.environment();
        if (pullRequest.author().isEmpty()) {
            // the forge lets everybody but its author approve it, and the author is not the one who pushed to it
            refuse(new Refusal.Altered(environment));
        } else if (edit.overtaken()) {
            refuse(new Refusal.Overtaken(environment));
        } else {
            EnvironmentState before =
                    ledger.state(environment).orElseGet(() -> new EnvironmentState.Closed(environment));
            edit.after().ifPresentOrElse(after -> judge(before, after), () -> judgeRemoval(before));
        }
    }

    private void judgeRemoval(EnvironmentState before) {
        if (before instanceof EnvironmentState.Open(Grant grant)) {
            violations.add(new Violation.RemovesWhatIsOpen(grant));
        }
    }

    private void judge(EnvironmentState before, EnvironmentState after) {
        switch (after) {
            case EnvironmentState.Unclear(var environment, var problem) ->
                refuse(new Refusal.Unreadable(environment, problem));
            case EnvironmentState.Closed _
            when before instanceof EnvironmentState.Open(Grant grant) -> judgeEnd(grant, PolicyVerdict.Kind.CLOSES);
            case EnvironmentState.Closed _ -> {
                // no grant is changed
            }
            case EnvironmentState.Open(Grant wish)
            when before instanceof EnvironmentState.Open(Grant grant) -> judgeChange(grant, wish);
            case EnvironmentState.Open(Grant wish) -> judgeOpening(wish);
        }
    }

    private void judgeOpening(Grant wish) {
        EnvironmentName environment = wish.environment();
        EnvironmentRules rules = policy.rulesOf(environment);
        Instant start = wish.createdAt().isBefore(now) ? wish.createdAt() : now;
        Duration length = Duration.between(start, wish.expiresAt());
        if (!rules.mayRequest().includes(wish.holder())) {
            refuse(new Refusal.NotAllowed(environment));
        }
        if (rules.approvals() > 0
                && !policy.people().all().containsKey(wish.holder().id())) {
            violations.add(new Violation.UnknownHolder(environment, wish.holder()));
        }
        if (wish.hasEnded(now) || !wish.expiresAt().isAfter(wish.createdAt())) {
            violations.add(new Violation.IsOver(environment, wish.expiresAt()));
        } else if (length.compareTo(rules.longestDuration().length()) > 0) {
            violations.add(new Violation.LastsTooLong(environment, length, rules.longestDuration()));
        }
        requireApprovals(PolicyVerdict.Kind.OPENS, wish, rules);
    }

    private void judgeChange(Grant grant, Grant wish) {
        if (!wish.holder().is(grant.holder()) || !wish.createdAt().equals(grant.createdAt())) {
            violations.add(new Violation.Replaces(grant));
        } else if (wish.expiresAt().isBefore(grant.expiresAt())) {
            judgeEnd(grant, PolicyVerdict.Kind.SHORTENS);
        } else if (wish.expiresAt().isAfter(grant.expiresAt())) {
            judgeExtension(grant, wish);
        }
    }

    private void judgeExtension(Grant grant, Grant wish) {
        EnvironmentRules rules = policy.rulesOf(grant.environment());
        Instant latest = grant.createdAt().plus(rules.longestTotal().length());
        if (grant.hasEnded(now)) {
            refuse(new Refusal.AlreadyEnded(grant));
        } else if (wish.expiresAt().isAfter(latest)) {
            refuse(new Refusal.TotalReached(grant, rules.longestTotal(), latest));
        } else if (rules.approvals() > 0
                && wish.expiresAt().isAfter(grant.createdAt().plus(AccessPolicy.covered(grant, rules)))) {
            requireApprovals(PolicyVerdict.Kind.EXTENDS, grant, rules);
        } else {
            requireControl(PolicyVerdict.Kind.EXTENDS, grant);
        }
    }

    /** What is past its end needs nobody's word; before it, the holder's or an approver's. */
    private void judgeEnd(Grant grant, PolicyVerdict.Kind kind) {
        if (grant.hasEnded(now)) {
            passes(kind, grant.environment(), List.of());
        } else {
            requireControl(kind, grant);
        }
    }

    private void requireApprovals(PolicyVerdict.Kind kind, Grant grant, EnvironmentRules rules) {
        if (rules.approvals() == 0) {
            passes(kind, grant.environment(), List.of());
            return;
        }
        ReviewTally count = count(List.of(grant.holder()), rules.approvers());
        List<UnmetRequirement> missing = count.missing(rules.approvals());
        missing.addAll(count.objections());
        review(kind, grant.environment(), count, missing);
    }

    /** It is the grant's holder or an approver who opened the pull request, or one of them approves it. */
    private void requireControl(PolicyVerdict.Kind kind, Grant grant) {
        Optional<Person> author = pullRequest.author().flatMap(policy.people()::ofLogin);
        if (author.filter(person -> policy.controls(person, grant)).isPresent()) {
            passes(kind, grant.environment(), List.of());
            return;
        }
        Audience approvers = policy.rulesOf(grant.environment()).approvers();
        Set<String> ids = new HashSet<>(approvers.ids());
        ids.add(grant.holder().id());
        ReviewTally count = count(List.of(), new Audience(approvers.everyone(), ids));
        review(kind, grant.environment(), count, count.missing(1));
    }

    private void review(
            PolicyVerdict.Kind kind, EnvironmentName environment, ReviewTally count, List<UnmetRequirement> missing) {
        if (missing.isEmpty()) {
            passes(kind, environment, count.approvals());
        } else {
            missing.forEach(what -> unmet.add(new PolicyVerdict.Unmet(environment, what)));
        }
    }

    private ReviewTally count(List<Person> excluded, Audience approvers) {
        return ReviewTally.of(
                new ReviewTally.Question(pullRequest.number(), pullRequest.head(), excluded, approvers, Instant.MAX),
                pullRequest.reviews(),
                policy.people());
    }

    private void passes(PolicyVerdict.Kind kind, EnvironmentName environment, List<Approval> approvals) {
        effects.add(new PolicyVerdict.Effect(kind, environment, approvals));
    }

    private void refuse(Refusal why) {
        violations.add(new Violation.Refused(why));
    }
}
