package dev.bastion.app.slack;

import dev.bastion.access.AccessPolicy;
import dev.bastion.access.Audience;
import dev.bastion.access.BreakGlass;
import dev.bastion.access.CommitId;
import dev.bastion.access.Consent;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.EnvironmentRules;
import dev.bastion.access.Grant;
import dev.bastion.access.GrantDuration;
import dev.bastion.access.GrantLedger;
import dev.bastion.access.KnownPeople;
import dev.bastion.access.LedgerChange;
import dev.bastion.access.LedgerSnapshot;
import dev.bastion.access.PastGrant;
import dev.bastion.access.ProposalRules;
import dev.bastion.access.Receipt;
import dev.bastion.access.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A ledger that keeps the promises of {@link GrantLedger} in memory: compare-and-set, and twice is the same as once. */
final class MemoryLedger implements GrantLedger {
    private final TreeMap<EnvironmentName, Standing> standings = new TreeMap<>();
    private final List<PastGrant> past = new ArrayList<>();
    private final List<LedgerChange> commits = new ArrayList<>();
    private RuntimeException fault = new IllegalStateException("none");
    private boolean faulty;
    /** How many others must agree to prod. */
    int approvals = 1;

    MemoryLedger(String... environments) {
        for (String name : environments) {
            EnvironmentName environment = new EnvironmentName(name);
            standings.put(environment, new Standing.Closed(environment));
        }
    }

    synchronized void failWith(RuntimeException thrown) {
        fault = thrown;
        faulty = true;
    }

    synchronized void heal() {
        faulty = false;
    }

    /** What was written down, oldest first. */
    synchronized List<LedgerChange> commits() {
        return List.copyOf(commits);
    }

    @Override
    public synchronized LedgerSnapshot read() {
        fail();
        return new LedgerSnapshot(commit(), standings, policy());
    }

    @Override
    public synchronized Receipt record(LedgerChange change) {
        fail();
        Standing found = java.util.Objects.requireNonNull(standings.get(change.environment()));
        return switch (change) {
            case LedgerChange.Open open
            when found instanceof Standing.Open(Grant same)
                    && same.request().equals(open.request().id()) -> new Receipt.Recorded(same.openedBy(), same, true);
            case LedgerChange.Open open when found instanceof Standing.Closed -> opened(open);
            case LedgerChange.Extend(Grant from, Instant end, var _, var _)
            when found instanceof Standing.Open(Grant now) && now.isStill(from) -> written(change, from.until(end));
            case LedgerChange.Start(Grant from, Instant at, Instant end)
            when found instanceof Standing.Open(Grant now) && now.isStill(from) ->
                written(change, now.between(at, end));
            case LedgerChange.Endorse(Grant grant, var by, var _)
            when found instanceof Standing.Open(Grant now) && now.isStill(grant) ->
                written(change, now.with(new Consent.BrokenGlass(Optional.of(by))));
            case LedgerChange.Close(Grant grant, var end, Instant at)
            when found instanceof Standing.Open(Grant now) && now.isStill(grant) ->
                closed(change, new PastGrant(now, end, at, next()));
            default -> new Receipt.Conflict(found);
        };
    }

    @Override
    public synchronized List<PastGrant> endedSince(Instant moment) {
        return past.stream().filter(grant -> !grant.endedAt().isBefore(moment)).toList();
    }

    @Override
    public synchronized List<PastGrant> history(EnvironmentName environment, int most) {
        return past.stream()
                .filter(grant -> grant.grant().environment().equals(environment))
                .limit(most)
                .toList();
    }

    private Receipt opened(LedgerChange.Open open) {
        Grant grant = new Grant(
                open.environment(),
                open.request().id(),
                open.request().requester(),
                open.request().reason(),
                open.createdAt(),
                open.expiresAt(),
                next(),
                open.shownIn(),
                open.request().breakGlass() ? new Consent.BrokenGlass(Optional.empty()) : new Consent.ByPolicy(),
                false);
        return written(open, grant);
    }

    /** As a forge does when it merges a proposal, or somebody who does not ask one. */
    synchronized CommitId put(Grant grant) {
        standings.put(grant.environment(), new Standing.Open(grant));
        return grant.openedBy();
    }

    private Receipt written(LedgerChange change, Grant grant) {
        commits.add(change);
        standings.put(change.environment(), new Standing.Open(grant));
        return new Receipt.Recorded(commit(), grant, false);
    }

    private Receipt closed(LedgerChange change, PastGrant grant) {
        commits.add(change);
        past.addFirst(grant);
        standings.put(change.environment(), new Standing.Closed(change.environment()));
        return new Receipt.Recorded(commit(), grant.grant(), false);
    }

    private CommitId commit() {
        return new CommitId("%040x".formatted(commits.size()));
    }

    private CommitId next() {
        return new CommitId("%040x".formatted(commits.size() + 1));
    }

    private void fail() {
        if (faulty) {
            throw fault;
        }
    }

    private AccessPolicy policy() {
        EnvironmentRules open = rules(false, 0, Set.of("U34567890"));
        return new AccessPolicy(
                open,
                Map.of(new EnvironmentName("prod"), rules(true, approvals, Set.of("U23456789", "U34567890"))),
                new KnownPeople(
                        Map.of("johndoe", Sample.JOHN, "janeroe", Sample.JANE, "maxm", Sample.MAX),
                        Map.of("U12345678", Sample.JOHN, "U23456789", Sample.JANE, "U34567890", Sample.MAX)));
    }

    /** John may break the glass. */
    private static EnvironmentRules rules(boolean reasonRequired, int approvals, Set<String> approvers) {
        return new EnvironmentRules(
                Audience.EVERYONE,
                GrantDuration.parse("2h"),
                GrantDuration.parse("8h"),
                GrantDuration.parse("12h"),
                GrantDuration.parse("3h"),
                Duration.ofMinutes(15),
                reasonRequired,
                approvals,
                Audience.of(approvers),
                new ProposalRules(
                        GrantDuration.parse("1h"),
                        Duration.ZERO,
                        false,
                        new BreakGlass(Audience.of(Set.of("U12345678")), GrantDuration.parse("1h"))));
    }
}
