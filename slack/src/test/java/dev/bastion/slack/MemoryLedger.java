package dev.bastion.slack;

import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.BreakGlassRules;
import dev.bastion.access.rules.EnvironmentAliases;
import dev.bastion.access.rules.EnvironmentChannels;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.PersonLimits;
import dev.bastion.access.rules.ReasonRules;
import dev.bastion.access.rules.Reminder;
import dev.bastion.access.rules.RulesByEnvironment;
import dev.bastion.access.state.EnvironmentCommit;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A ledger in memory by the contract of {@link GrantLedger}, for the many threads of a conversation: compare-and-set,
 * and twice is the same as once.
 */
public final class MemoryLedger implements GrantLedger {
    private final TreeMap<EnvironmentName, EnvironmentState> states = new TreeMap<>();
    private final List<PastGrant> past = new ArrayList<>();
    private final List<LedgerChange> commits = new ArrayList<>();
    private RuntimeException fault = new IllegalStateException("none");
    private boolean faulty;
    /** How many others must agree to prod. */
    public int approvals = 1;

    public PersonLimits limits = PersonLimits.USUAL;
    /** Whether approvals in Slack count. */
    public volatile boolean inSlack;

    public volatile Audience mayRequest = Audience.EVERYONE;

    /** The reminders of waiting requests. */
    public volatile List<Reminder> reminders = Reminder.USUAL;

    /** Other names of the environments. */
    public volatile EnvironmentAliases aliases = EnvironmentAliases.NONE;

    public volatile EnvironmentChannels channels = EnvironmentChannels.NONE;

    public MemoryLedger(String... environments) {
        add(environments);
    }

    /** More closed environments. */
    public synchronized void add(String... environments) {
        for (String name : environments) {
            EnvironmentName environment = new EnvironmentName(name);
            states.put(environment, new EnvironmentState.Closed(environment));
        }
    }

    public synchronized void failWith(RuntimeException thrown) {
        fault = thrown;
        faulty = true;
    }

    public synchronized void heal() {
        faulty = false;
    }

    /** What was written down, oldest first. */
    public synchronized List<LedgerChange> commits() {
        return List.copyOf(commits);
    }

    @Override
    public synchronized LedgerSnapshot read() {
        fail();
        return lastSeen();
    }

    @Override
    public synchronized LedgerSnapshot lastSeen() {
        return new LedgerSnapshot(commit(), states, Map.of(), breakGlass(), policy(), aliases, channels);
    }

    @Override
    public synchronized RecordResult record(LedgerChange change) {
        Lost lost = lostAnswer;
        lostAnswer = Lost.NONE;
        if (lost == Lost.NONE) {
            return write(change);
        }
        if (lost == Lost.ANSWER) {
            write(change);
        }
        throw new LedgerUnreachable("pushing to main", new IllegalStateException("connection reset"));
    }

    /** What is lost of the next change: nothing, its answer, or the change as well. */
    public enum Lost {
        NONE,
        ANSWER,
        WITH_THE_CHANGE
    }

    private Lost lostAnswer = Lost.NONE;

    public synchronized void lose(Lost what) {
        lostAnswer = what;
    }

    private Optional<RuntimeException> writeFault = Optional.empty();

    /** Reads go on. */
    public synchronized void failWrites(RuntimeException thrown) {
        writeFault = Optional.of(thrown);
    }

    private RecordResult write(LedgerChange change) {
        fail();
        if (writeFault.isPresent()) {
            throw writeFault.get();
        }
        EnvironmentState found = Objects.requireNonNull(states.get(change.environment()));
        return switch (change) {
            case LedgerChange.Open open
            when found instanceof EnvironmentState.Open(Grant same)
                    && same.request().equals(open.request().id()) ->
                new RecordResult.Recorded(same.openedBy(), same, true);
            case LedgerChange.Open open when found instanceof EnvironmentState.Closed -> opened(open);
            case LedgerChange.Extend(Grant from, Instant end, var _, var _, var _)
            when found instanceof EnvironmentState.Open(Grant now) && now.hasSameExpiryAs(from) ->
                written(change, from.until(end));
            case LedgerChange.Start(Grant from, Instant at, Instant end, var _, var _)
            when found instanceof EnvironmentState.Open(Grant now) && now.hasSameExpiryAs(from) ->
                written(change, now.between(at, end));
            case LedgerChange.Approve(Grant grant, var by, var _, var _)
            when found instanceof EnvironmentState.Open(Grant now) && now.hasSameExpiryAs(grant) ->
                written(change, now.with(new ApprovalBasis.BreakGlass(Optional.of(by))));
            case LedgerChange.Approve approve
            when breakGlass().stream().anyMatch(one -> isMeant(one, approve)) -> approvedLater(approve);
            case LedgerChange.Close(Grant grant, var end, Instant at)
            when found instanceof EnvironmentState.Open(Grant now) && now.hasSameExpiryAs(grant) ->
                closed(change, new PastGrant(now, end, at, next()));
            default -> new RecordResult.Conflict(found);
        };
    }

    private List<PastGrant> breakGlass() {
        return past.stream()
                .filter(one -> one.grant().approvalBasis() instanceof ApprovalBasis.BreakGlass)
                .toList();
    }

    private static boolean isMeant(PastGrant one, LedgerChange.Approve approve) {
        return one.grant().request().equals(approve.grant().request());
    }

    private RecordResult approvedLater(LedgerChange.Approve approve) {
        commits.add(approve);
        Grant approved = approve.grant().with(new ApprovalBasis.BreakGlass(Optional.of(approve.by())));
        past.replaceAll(
                one -> isMeant(one, approve) ? new PastGrant(approved, one.end(), one.endedAt(), one.closedBy()) : one);
        return new RecordResult.Recorded(commit(), approved, false);
    }

    @Override
    public synchronized List<PastGrant> endedSince(Instant moment) {
        return past.stream().filter(grant -> !grant.endedAt().isBefore(moment)).toList();
    }

    @Override
    public List<EnvironmentCommit> commits(EnvironmentName environment) {
        return List.of();
    }

    @Override
    public synchronized List<PastGrant> history(EnvironmentName environment, int most) {
        return past.stream()
                .filter(grant -> grant.grant().environment().equals(environment))
                .limit(most)
                .toList();
    }

    private RecordResult opened(LedgerChange.Open open) {
        Grant grant = new Grant(
                open.environment(),
                open.request().id(),
                open.request().requester(),
                open.request().reason(),
                open.createdAt(),
                open.expiresAt(),
                next(),
                open.shownIn(),
                open.request().breakGlass()
                        ? new ApprovalBasis.BreakGlass(Optional.empty())
                        : new ApprovalBasis.ByPolicy(),
                false);
        return written(open, grant);
    }

    /** As a merged proposal does, or a manual edit. */
    public synchronized CommitId put(Grant grant) {
        states.put(grant.environment(), new EnvironmentState.Open(grant));
        return grant.openedBy();
    }

    private RecordResult written(LedgerChange change, Grant grant) {
        commits.add(change);
        states.put(change.environment(), new EnvironmentState.Open(grant));
        return new RecordResult.Recorded(commit(), grant, false);
    }

    private RecordResult closed(LedgerChange change, PastGrant grant) {
        commits.add(change);
        past.addFirst(grant);
        states.put(change.environment(), new EnvironmentState.Closed(change.environment()));
        return new RecordResult.Recorded(commit(), grant.grant(), false);
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
                new RulesByEnvironment(
                        open,
                        true,
                        Map.of(new EnvironmentName("prod"), rules(true, approvals, Set.of("U23456789", "U34567890"))),
                        Map.of()),
                limits,
                new PeopleDirectory(
                        Map.of("johndoe", Samples.JOHN, "janeroe", Samples.JANE, "maxm", Samples.MAX),
                        Map.of("U12345678", Samples.JOHN, "U23456789", Samples.JANE, "U34567890", Samples.MAX)),
                Audience.NOBODY);
    }

    /** John may use break-glass. */
    private EnvironmentRules rules(boolean reasonRequired, int approvals, Set<String> approvers) {
        return new EnvironmentRules(
                mayRequest,
                GrantDuration.parse("2h"),
                GrantDuration.parse("8h"),
                GrantDuration.parse("12h"),
                GrantDuration.parse("3h"),
                Duration.ofMinutes(15),
                ReasonRules.required(reasonRequired),
                approvals,
                Audience.of(approvers),
                new ApprovalRules(
                        GrantDuration.parse("1h"),
                        Duration.ZERO,
                        false,
                        new BreakGlassRules(Audience.of(Set.of("U12345678")), GrantDuration.parse("1h")),
                        ApprovalRules.Unapproved.ALARM,
                        ApprovalRules.USUAL_LATEST_START,
                        inSlack,
                        reminders));
    }
}
