package dev.bastion.ledger.file;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyParser;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.layout.EnvironmentPaths;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.CommitReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy of a commit, parsed once for each version of its two files. An invalid version leaves the last valid one
 * in force.
 */
public final class PolicyCache {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyCache.class);

    private record Version(Optional<BlobId> policy, Optional<BlobId> people) {}

    private final PolicyParser reader;
    private final EnvironmentPaths paths;
    private final LedgerAlarms alarms;
    private @Nullable AccessPolicy lastGood;
    private @Nullable Version lastSeen;

    public PolicyCache(PolicyParser reader, EnvironmentPaths paths, LedgerAlarms alarms) {
        this.reader = reader;
        this.paths = paths;
        this.alarms = alarms;
    }

    /** @throws PolicyProblems when it is invalid and there is no earlier valid one */
    public AccessPolicy of(CommitId commit, CommitReader commits) {
        Version version = new Version(commits.file(commit, paths.accessPolicy()), commits.file(commit, paths.people()));
        AccessPolicy previous = lastGood;
        if (previous != null && version.equals(lastSeen)) {
            return previous;
        }
        try {
            AccessPolicy read = reader.read(
                    version.policy().map(commits::content), version.people().map(commits::content));
            lastGood = read;
            return read;
        } catch (PolicyProblems broken) {
            if (previous == null) {
                throw broken;
            }
            LOG.atError().addKeyValue("commit", commit).setCause(broken).log("policy.broken");
            alarms.policyBroken(commit, broken.problems());
            return previous;
        } finally {
            lastSeen = version;
        }
    }
}
