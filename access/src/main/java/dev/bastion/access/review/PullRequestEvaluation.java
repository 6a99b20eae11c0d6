package dev.bastion.access.review;

import static dev.bastion.access.policy.CheckName.CONTROL;
import static dev.bastion.access.policy.CheckName.ENVIRONMENT;
import static dev.bastion.access.policy.CheckName.UNCHANGED;

import dev.bastion.access.evidence.Evidence;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Attempt;
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The evaluation of a pull request by the policy on the default branch: of its files, author and reviews. Neither its
 * commit messages nor its own policy count.
 *
 * @param files the checks of its files, and the owners' approvals
 */
public record PullRequestEvaluation(Evaluation files, List<Change> changes) {
    private static final Evaluation NO_FILES = new Evaluation(List.of(), List.of());

    public enum Effect {
        /** Changes where the bastion leads. */
        CONFIGURES,
        OPENS,
        EXTENDS,
        SHORTENS,
        ENDS
    }

    public record Change(Effect effect, EnvironmentName environment, Evaluation evaluation) {}

    public PullRequestEvaluation {
        changes = List.copyOf(changes);
    }

    public Evaluation.Verdict verdict() {
        return new Evaluation(
                        Stream.concat(
                                        files.checks().stream(),
                                        changes.stream().flatMap(change -> change.evaluation().checks().stream()))
                                .toList(),
                        List.of())
                .verdict();
    }

    /** A proposal's, without CI's plan and GitHub's rules, which are other checks of the pull request. */
    public static PullRequestEvaluation of(ProposalSnapshot seen, LedgerSnapshot ledger, Instant now) {
        if (!(seen.state() instanceof ProposalSnapshot.State.Waiting)) {
            return new PullRequestEvaluation(NO_FILES, List.of());
        }
        ProposedChange change = seen.proposal().change();
        EnvironmentState state = ledger.stateOrMissing(change.environment());
        return of(change, new ProposalEvaluator(ledger.policy(), seen.rulesAlone(), state, now).evaluate());
    }

    public static PullRequestEvaluation of(ProposedChange change, Evaluation evaluation) {
        Effect effect = switch (change) {
            case ProposedChange.Opening _ -> Effect.OPENS;
            case ProposedChange.Extension _ -> Effect.EXTENDS;
        };
        return new PullRequestEvaluation(NO_FILES, List.of(new Change(effect, change.environment(), evaluation)));
    }

    /** One of a pull request that the service did not make, or does not recognise. */
    public static PullRequestEvaluation of(ManualPullRequest pullRequest, LedgerSnapshot ledger, Instant now) {
        FileChangeEvaluator files = new FileChangeEvaluator(ledger.policy(), ledger.usage(), pullRequest);
        ManualChanges changes =
                new ManualChanges(pullRequest, files.evidence(), ledger, now, new ArrayList<>(files.configurations()));
        pullRequest.changes().edits().forEach(changes::add);
        return new PullRequestEvaluation(files.files(), changes.all);
    }

    /** That of its files alone, without what it does to grants. */
    public static PullRequestEvaluation ofFiles(ManualPullRequest pullRequest, AccessPolicy policy) {
        FileChangeEvaluator files = new FileChangeEvaluator(policy, Usage.NONE, pullRequest);
        return new PullRequestEvaluation(files.files(), files.configurations());
    }

    /** The attempts in a manual pull request. */
    private record ManualChanges(
            ManualPullRequest pullRequest, Evidence evidence, LedgerSnapshot ledger, Instant now, List<Change> all) {
        void add(EnvironmentEdit edit) {
            EnvironmentName environment = edit.environment();
            EnvironmentState before = ledger.state(environment).orElse(new EnvironmentState.Closed(environment));
            if (pullRequest.author().isEmpty()) {
                // the service opened it, so the person who pushed to it could approve it
                report(Effect.OPENS, environment, Check.failed(UNCHANGED, new Refusal.Altered(environment)));
            } else if (edit.overtaken()) {
                report(Effect.OPENS, environment, Check.failed(UNCHANGED, new Refusal.Overtaken(environment)));
            } else {
                edit.after().ifPresentOrElse(after -> change(before, after), () -> remove(before));
            }
        }

        private void remove(EnvironmentState before) {
            before.inForce()
                    .ifPresent(grant -> report(
                            Effect.ENDS,
                            before.environment(),
                            Check.failed(ENVIRONMENT, new Refusal.RemovesOpenEnvironment(grant))));
        }

        private void close(Grant grant, EnvironmentState before) {
            if (before instanceof EnvironmentState.Open) {
                evaluate(Effect.ENDS, new Attempt.End(grant, controllingAuthor(grant)), before);
            } else {
                // it repairs the file, as the alarm asks everyone to
                report(Effect.ENDS, grant.environment(), Check.passed(CONTROL));
            }
        }

        private void change(EnvironmentState before, EnvironmentState after) {
            switch (after) {
                case EnvironmentState.Unclear(var environment, var problem, var _, var _, var _) ->
                    report(
                            Effect.OPENS,
                            environment,
                            Check.failed(ENVIRONMENT, new Refusal.Unreadable(environment, problem)));
                case EnvironmentState.Closed _ -> before.inForce().ifPresent(grant -> close(grant, before));
                case EnvironmentState.Open(Grant wanted) -> {
                    if (before instanceof EnvironmentState.Open(Grant grant)) {
                        move(grant, wanted, before);
                    } else {
                        open(wanted);
                    }
                }
            }
        }

        private void open(Grant wanted) {
            EnvironmentName environment = wanted.environment();
            Instant start = Timestamps.earlier(wanted.createdAt(), now);
            boolean isOver = wanted.hasEnded(now) || !wanted.expiresAt().isAfter(wanted.createdAt());
            Duration length = isOver ? Duration.ZERO : Duration.between(start, wanted.expiresAt());
            evaluate(
                    Effect.OPENS,
                    new Attempt.Open(
                            environment,
                            wanted.holder(),
                            wanted.reason(),
                            length,
                            false,
                            new Attempt.Origin.PullRequest(pullRequest.author().orElseThrow())),
                    new EnvironmentState.Closed(environment));
        }

        private void move(Grant grant, Grant wanted, EnvironmentState before) {
            if (!wanted.holder().is(grant.holder()) || !wanted.createdAt().equals(grant.createdAt())) {
                report(Effect.OPENS, grant.environment(), Check.failed(ENVIRONMENT, new Refusal.ReplacesGrant(grant)));
            } else if (wanted.expiresAt().isBefore(grant.expiresAt())) {
                evaluate(Effect.SHORTENS, new Attempt.End(grant, controllingAuthor(grant)), before);
            } else if (wanted.expiresAt().isAfter(grant.expiresAt())) {
                evaluate(
                        Effect.EXTENDS,
                        new Attempt.Extend(grant, wanted.expiresAt(), controllingAuthor(grant)),
                        before);
            }
        }

        private Optional<Person> controllingAuthor(Grant grant) {
            AccessPolicy policy = ledger.policy();
            return pullRequest
                    .author()
                    .flatMap(policy.people()::ofLogin)
                    .filter(person -> policy.people()
                            .whyInactive(person, pullRequest.author().orElseThrow())
                            .isEmpty())
                    .filter(person -> policy.controls(person, grant));
        }

        private void evaluate(Effect effect, Attempt attempt, EnvironmentState before) {
            Evaluation evaluation = ledger.policy().evaluate(attempt, before, evidence, now);
            all.add(new Change(effect, before.environment(), AwaitedAnswers.await(evaluation)));
        }

        private void report(Effect effect, EnvironmentName environment, Check check) {
            all.add(new Change(effect, environment, new Evaluation(List.of(check), List.of())));
        }
    }
}
