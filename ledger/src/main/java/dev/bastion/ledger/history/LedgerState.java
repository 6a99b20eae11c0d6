package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.layout.Layout;
import dev.bastion.layout.ResourceNames;
import dev.bastion.ledger.file.ConfigurationCache.Configuration;
import dev.bastion.ledger.file.FileState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of the whole ledger at one commit.
 *
 * @param signed the part of the branch in which entries are signed
 * @param observations those of the last requests
 */
public record LedgerState(
        LedgerSnapshot snapshot,
        Map<EnvironmentName, EnvironmentRecord> records,
        Layout layout,
        SignedPart signed,
        RecordedObservations observations) {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerState.class);

    /** The most environments of one ledger: a few trees that contain each other can have any number. */
    static final int MOST_ENVIRONMENTS = 20_000;

    /** Whether there may be more environments than are known. */
    public boolean isFull() {
        return records.size() >= MOST_ENVIRONMENTS;
    }

    public static LedgerState of(
            CommitId head,
            Map<EnvironmentName, EnvironmentRecord> records,
            Configuration configuration,
            SignedPart signed,
            RecordedObservations observations) {
        SortedMap<EnvironmentName, EnvironmentState> states = new TreeMap<>();
        records.values().stream()
                .filter(record -> !(record.file() instanceof FileState.Unrelated)
                        || record.unreadable().isPresent())
                .forEach(record -> states.put(record.environment(), stateOf(record, configuration.policy())));
        // what only an earlier version of the layout names can end, and not be opened
        records.values().stream()
                .filter(record -> !configuration.layout().isNamed(record.path()))
                .map(EnvironmentRecord::environment)
                .forEach(environment -> states.computeIfPresent(
                        environment, (_, state) -> state instanceof EnvironmentState.Closed ? null : state));
        Map<EnvironmentName, EnvironmentName> shared = ResourceNames.shared(states.keySet());
        states.replaceAll((environment, state) -> Optional.ofNullable(shared.get(environment))
                .filter(_ -> state instanceof EnvironmentState.Closed)
                .flatMap(other -> Optional.ofNullable(records.get(other)))
                .<EnvironmentState>map(other -> new EnvironmentState.Unclear(
                        environment,
                        ResourceNames.problem(other.environment(), other.path()) + ". Rename one of them."))
                .orElse(state));
        Map<EnvironmentName, LedgerSnapshot.LatestEnd> latestEnds = new HashMap<>();
        records.forEach((environment, record) -> record.history()
                .latestEnd()
                .filter(_ -> !(states.get(environment) instanceof EnvironmentState.Closed))
                .ifPresent(end -> latestEnds.put(environment, end)));
        // what has no file any more cannot be approved any more
        List<PastGrant> breakGlass = records.values().stream()
                .filter(record -> states.containsKey(record.environment()))
                .flatMap(record -> record.history().past().breakGlass().stream())
                .toList();
        return new LedgerState(
                new LedgerSnapshot(
                        head,
                        states,
                        latestEnds,
                        breakGlass,
                        configuration.policy(),
                        configuration.layout().aliases(),
                        configuration.layout().channels()),
                Map.copyOf(records),
                configuration.layout(),
                signed,
                observations);
    }

    /** One record that cannot be judged keeps no other from being read. */
    private static EnvironmentState stateOf(EnvironmentRecord record, AccessPolicy policy) {
        try {
            return record.state(policy);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.atError()
                    .addKeyValue("environment", record.environment())
                    .setCause(e)
                    .log("environment.unreadable");
            return EnvironmentState.Unclear.withoutCommit(
                    record.environment(), record.path() + ": the service cannot judge the file. Report this problem.");
        }
    }

    public CommitId head() {
        return snapshot.head();
    }
}
