package dev.bastion.access.audit;

import dev.bastion.access.evidence.Evidence;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.membership.Membership;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Attempt;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.AudienceAnswers;
import dev.bastion.access.text.Markup;
import dev.bastion.access.text.RefusalText;
import dev.bastion.access.text.RequirementText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The comparison of a grant with the policy before the commit that opened it, by the policy's own evaluator. What the ledger has
 * no signed entry of does not count, whatever the forge may know.
 */
public final class GrantCompliance {
    private static final CommitId ANY_HEAD = new CommitId("0".repeat(40));

    private GrantCompliance() {}

    /**
     * A move of a grant's end to a later one.
     *
     * @param commit what moved it
     * @param grant as the move left it
     * @param by who asked for it; their own approval does not count
     * @param policy the policy before it
     * @param approvals those that its entry names
     */
    public record EndMove(
            CommitId commit,
            Grant grant,
            Optional<Person> by,
            AccessPolicy policy,
            boolean isByHand,
            List<Approval> approvals) {
        public EndMove {
            approvals = List.copyOf(approvals);
        }
    }

    /**
     * What the policy required and the ledger does not have, as sentences.
     *
     * @param atOpening for the opening, and for a retroactive approval
     * @param atMoves for the moves of the end, each sentence once
     * @param firstMove the first move that lacks something
     */
    public record Unmet(List<String> atOpening, List<String> atMoves, Optional<CommitId> firstMove) {
        public Unmet {
            atOpening = List.copyOf(atOpening);
            atMoves = List.copyOf(atMoves);
        }

        /** All of it, each sentence once. */
        public List<String> all() {
            return Stream.concat(atOpening.stream(), atMoves.stream())
                    .distinct()
                    .toList();
        }

        /** The first move that was not as the policy says, where the opening was. */
        public Optional<CommitId> moveAlone() {
            return firstMove.filter(_ -> atOpening.isEmpty());
        }
    }

    /**
     * Compares a grant with the policy.
     *
     * @param grant as it stood last
     * @param asked the length that was asked for at the opening
     * @param policy the policy before the opening
     * @param moves every move of the end to a later one, oldest first: one that was taken back was in force, too
     * @param memberships the holder's in external audiences, as signed entries have them
     */
    public static Unmet unmet(
            Grant grant, Duration asked, AccessPolicy policy, List<EndMove> moves, Collection<Membership> memberships) {
        AccessPolicy atOpening = policy.answered(recorded(memberships, approvals(grant)));
        Stream<String> ofOpening = opening(grant, asked, atOpening).stream().flatMap(GrantCompliance::sentences);
        List<String> atMoves = new ArrayList<>();
        Optional<CommitId> firstMove = Optional.empty();
        for (EndMove move : moves) {
            List<String> sentences = end(move, memberships).stream()
                    .flatMap(GrantCompliance::sentences)
                    .toList();
            firstMove = sentences.isEmpty() ? firstMove : firstMove.or(() -> Optional.of(move.commit()));
            atMoves.addAll(sentences);
        }
        return new Unmet(
                Stream.concat(ofOpening, retroactive(grant, policy).stream())
                        .distinct()
                        .toList(),
                atMoves.stream().distinct().toList(),
                firstMove);
    }

    /** The answers of external audiences that the entries recorded: of the people whom they let through, and of no one else. */
    private static AudienceAnswers recorded(Collection<Membership> memberships, List<Approval> approvals) {
        return AudienceAnswers.recorded(
                Stream.concat(memberships.stream(), approvals.stream().flatMap(one -> one.memberships().stream()))
                        .toList());
    }

    /** Whether it is told why a retroactive approval counted, where only an external audience can have made it count. */
    private static Optional<String> retroactive(Grant grant, AccessPolicy policy) {
        Audience approvers = policy.rulesOf(grant.environment()).approvers();
        return policy.rulesOf(grant.environment()).approvals() > 0
                        && grant.approvalBasis() instanceof ApprovalBasis.BreakGlass(var by, var recorded)
                        && by.filter(person -> !approvers.includes(person, recorded, policy.people()))
                                .isPresent()
                ? approvers.audiences().stream().findFirst().map(GrantCompliance::cannotTell)
                : Optional.empty();
    }

    private static String cannotTell(ExternalAudience audience) {
        return "Cannot be told: no signed entry records who was in " + audience + " then.";
    }

    private static Optional<Evaluation> opening(Grant grant, Duration asked, AccessPolicy policy) {
        boolean needsApproval = policy.rulesOf(grant.environment()).approvals() > 0;
        if (grant.approvalBasis() instanceof ApprovalBasis.BreakGlass) {
            return needsApproval ? Optional.of(breakGlass(grant, asked, policy)) : Optional.empty();
        }
        Grant opened = grant.madeByHand() ? grant.until(grant.createdAt().plus(asked)) : grant;
        return needsApproval || grant.madeByHand()
                ? Optional.of(
                        policy.evaluateOpened(opened, false, evidence(grant, approvals(grant), List.of(), policy)))
                : Optional.empty();
    }

    private static Evaluation breakGlass(Grant grant, Duration asked, AccessPolicy policy) {
        Attempt.Open attempt = new Attempt.Open(
                grant.environment(), grant.holder(), grant.reason(), asked, true, new Attempt.Origin.Slack());
        EnvironmentState closed = new EnvironmentState.Closed(grant.environment());
        return policy.evaluate(attempt, closed, Evidence.NONE, grant.createdAt());
    }

    private static Optional<Evaluation> end(EndMove move, Collection<Membership> memberships) {
        Grant grant = move.grant();
        AccessPolicy policy = move.policy().answered(recorded(memberships, move.approvals()));
        Evidence evidence = evidence(grant, move.approvals(), move.by().stream().toList(), policy);
        if (move.isByHand()) {
            return Optional.of(policy.evaluateExtendedByHand(grant, evidence));
        }
        return policy.needsApprovalOfItsEnd(grant)
                ? Optional.of(policy.evaluateOpened(grant, true, evidence))
                : Optional.empty();
    }

    private static List<Approval> approvals(Grant grant) {
        return grant.approvalBasis() instanceof ApprovalBasis.Approved(var approvals, var _, var _, var _)
                ? approvals
                : List.of();
    }

    /** The approvals of the ledger as reviews of one head: which head it was, the entry's signature vouches for. */
    private static Evidence evidence(
            Grant grant, List<Approval> approvals, List<Person> excluded, AccessPolicy policy) {
        if (approvals.isEmpty()) {
            return Evidence.NONE;
        }
        List<Review> reviews = approvals.stream()
                .flatMap(one -> one.given() instanceof Approval.Given.Review(var login, var number)
                        ? Stream.of(new Review(number, login, Review.Opinion.APPROVED, ANY_HEAD, one.at()))
                        : Stream.empty())
                .toList();
        Evidence onGithub = new Evidence(
                approvals.getFirst().proposal(),
                Optional.empty(),
                ANY_HEAD,
                reviews,
                Pushers.SERVICE,
                excluded,
                Instant.MAX,
                Usage.NONE);
        return policy.rulesOf(grant.environment()).proposals().inSlack()
                ? onGithub.inSlack(inSlack(grant, approvals))
                : onGithub;
    }

    private static List<Observation.Approved> inSlack(Grant grant, List<Approval> approvals) {
        Observation.Subject subject = new Observation.Subject(grant.environment(), grant.request(), grant.holder());
        Observation.PullRequest unknown = new Observation.PullRequest(Optional.empty(), Optional.empty());
        return approvals.stream()
                .filter(one -> one.given() instanceof Approval.Given.InSlack)
                .map(one -> new Observation.Approved(subject, one.at(), one.by(), ANY_HEAD, unknown))
                .toList();
    }

    private static Stream<String> sentences(Evaluation evaluation) {
        Stream<String> refused = evaluation.refusal().stream()
                .map(refuse -> refuse.refusal() instanceof Refusal.AudienceUnknown(var _, var audience, var _)
                        ? cannotTell(audience)
                        : RefusalText.of(refuse.refusal()).fact().in(Markup.PLAIN));
        return Stream.concat(refused, evaluation.unmet().stream().map(GrantCompliance::sentence));
    }

    private static String sentence(UnmetRequirement unmet) {
        String words = RequirementText.of(unmet).in(Markup.PLAIN);
        if (unmet instanceof UnmetRequirement.AudienceUnknown(var audience)) {
            return cannotTell(audience);
        }
        return unmet instanceof UnmetRequirement.Approvals ? words + " given." : "Missing: " + words + ".";
    }
}
