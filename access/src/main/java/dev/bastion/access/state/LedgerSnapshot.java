package dev.bastion.access.state;

import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.rules.EnvironmentAliases;
import dev.bastion.access.rules.EnvironmentChannels;
import dev.bastion.access.rules.InactiveAccounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The environments and the policy at one commit.
 *
 * @param latestEnds of open grants
 * @param pastBreakGlass every ended break-glass grant
 * @param aliases other names of the environments
 * @param channels where messages about the environments go
 */
public record LedgerSnapshot(
        CommitId head,
        SortedMap<EnvironmentName, EnvironmentState> states,
        Map<EnvironmentName, LatestEnd> latestEnds,
        List<PastGrant> pastBreakGlass,
        AccessPolicy policy,
        EnvironmentAliases aliases,
        EnvironmentChannels channels) {
    /**
     * How the end of an open grant was set.
     *
     * @param setBy the commit that set it
     * @param byHand whether without the service
     * @param by the person who asked for it; empty where no signed message says so
     * @param basis why it could be set, where it was moved since the opening
     */
    public record LatestEnd(CommitId setBy, boolean byHand, Optional<Person> by, ApprovalBasis basis) {
        /** An end that needs no approval of its own, or of which no entry says who approved it. */
        public LatestEnd(CommitId setBy, boolean byHand) {
            this(setBy, byHand, Optional.empty(), new ApprovalBasis.ByPolicy());
        }

        /** The same end, for this reason. */
        public LatestEnd with(ApprovalBasis newBasis) {
            return new LatestEnd(setBy, byHand, by, newBasis);
        }

        /** Whether a signed entry says who approved it. */
        public boolean isApproved() {
            return basis.isSignedApproval();
        }
    }

    /** How far the clock of a person who commits may be ahead. */
    private static final Duration MOST_AHEAD = Duration.ofHours(1);

    public LedgerSnapshot {
        states = Collections.unmodifiableSortedMap(new TreeMap<>(states));
        latestEnds = Map.copyOf(latestEnds);
        pastBreakGlass = List.copyOf(pastBreakGlass);
    }

    /** A snapshot without aliases and channels. */
    public LedgerSnapshot(
            CommitId head,
            SortedMap<EnvironmentName, EnvironmentState> states,
            Map<EnvironmentName, LatestEnd> latestEnds,
            List<PastGrant> pastBreakGlass,
            AccessPolicy policy) {
        this(head, states, latestEnds, pastBreakGlass, policy, EnvironmentAliases.NONE, EnvironmentChannels.NONE);
    }

    public LedgerSnapshot(CommitId head, SortedMap<EnvironmentName, EnvironmentState> states, AccessPolicy policy) {
        this(head, states, Map.of(), List.of(), policy);
    }

    /** The environment that a person means who types a name or an alias in any case; what was typed, if there is none. */
    public EnvironmentName named(EnvironmentName typed) {
        return aliases.named(typed, states.keySet());
    }

    /** The same, where these closed environments cannot be opened, with the reason for each. */
    public LedgerSnapshot suspending(Map<EnvironmentName, String> reasons) {
        if (reasons.isEmpty()) {
            return this;
        }
        SortedMap<EnvironmentName, EnvironmentState> all = new TreeMap<>(states);
        reasons.forEach((environment, reason) -> all.computeIfPresent(
                environment,
                (_, state) -> state instanceof EnvironmentState.Closed
                        ? new EnvironmentState.Unclear(environment, reason)
                        : state));
        return new LedgerSnapshot(head, all, latestEnds, pastBreakGlass, policy, aliases, channels);
    }

    /** The same, where the policy knows which accounts are not active. */
    public LedgerSnapshot with(InactiveAccounts accounts) {
        return accounts.equals(InactiveAccounts.NONE)
                ? this
                : new LedgerSnapshot(
                        head,
                        states,
                        latestEnds,
                        pastBreakGlass,
                        new AccessPolicy(
                                policy.environments(),
                                policy.limits(),
                                policy.people().with(accounts),
                                policy.owners(),
                                policy.recordsRefusals()),
                        aliases,
                        channels);
    }

    /** The same, where the external audiences of the policy have these answers. */
    public LedgerSnapshot under(AccessPolicy answered) {
        return new LedgerSnapshot(head, states, latestEnds, pastBreakGlass, answered);
    }

    public LatestEnd latestEnd(Grant grant) {
        return latestEnds.getOrDefault(grant.environment(), new LatestEnd(grant.openedBy(), grant.madeByHand()));
    }

    /** What limits count, as far as the ledger knows. */
    public Usage usage() {
        return new Usage(
                openGrants(), pastBreakGlass.stream().map(PastGrant::grant).toList(), List.of(), List.of());
    }

    /** The break-glass grants that no approver has approved, open or over, oldest first. */
    public List<Grant> breakGlassWithoutApproval() {
        return openAndBreakGlass()
                .filter(policy::awaitsApproval)
                .sorted(Comparator.comparing(Grant::createdAt))
                .toList();
    }

    /** The grant of a request, if it is open or break-glass. */
    public Optional<Grant> openOrBreakGlass(RequestId request) {
        return openAndBreakGlass()
                .filter(grant -> grant.request().equals(request))
                .findFirst();
    }

    private Stream<Grant> openAndBreakGlass() {
        return Stream.concat(openGrants().stream(), pastBreakGlass.stream().map(PastGrant::grant));
    }

    /** Every slot of the environment, or the one that the name has; itself where it has none, and empty where there is none. */
    public List<EnvironmentName> slotsOf(EnvironmentName environment) {
        return environment.namesSlot()
                ? states.keySet().stream().filter(environment::equals).toList()
                : states.tailMap(environment).keySet().stream()
                        .takeWhile(environment::sharesSlotsWith)
                        .toList();
    }

    public Optional<EnvironmentState> state(EnvironmentName environment) {
        return Optional.ofNullable(states.get(environment));
    }

    public EnvironmentState stateOrMissing(EnvironmentName environment) {
        return state(environment)
                .orElseGet(() -> new EnvironmentState.Unclear(environment, "its environment file is gone"));
    }

    public Refusal.UnknownEnvironment unknown(EnvironmentName asked) {
        return new Refusal.UnknownEnvironment(asked.value(), environments());
    }

    public List<EnvironmentName> environments() {
        return List.copyOf(states.keySet());
    }

    /** The grants in force, those of unreadable files included. */
    public List<Grant> openGrants() {
        return states.values().stream()
                .flatMap(state -> state.inForce().stream())
                .toList();
    }

    /** The environments that may be open although their file is unreadable. */
    public List<EnvironmentState.Unclear> unreadable() {
        return states.values().stream()
                .flatMap(state -> state instanceof EnvironmentState.Unclear unclear && unclear.mayBeOpen()
                        ? Stream.of(unclear)
                        : Stream.empty())
                .toList();
    }

    /** The grants to end. The end of an unreadable file follows from a commit's time, which must not lie far ahead. */
    public List<Grant> grantsPastTheirEnd(Instant now) {
        var falseStart = now.plus(MOST_AHEAD);
        return openGrants().stream()
                .filter(grant -> grant.hasEnded(now)
                        || (isUnreadable(grant) && grant.createdAt().isAfter(falseStart)))
                .toList();
    }

    private boolean isUnreadable(Grant grant) {
        return states.get(grant.environment()) instanceof EnvironmentState.Unclear;
    }
}
