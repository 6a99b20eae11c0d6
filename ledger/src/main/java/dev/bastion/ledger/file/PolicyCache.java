package dev.bastion.ledger.file;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.ApprovalRules;
import dev.bastion.access.policy.Audience;
import dev.bastion.access.policy.EnvironmentRules;
import dev.bastion.access.policy.PeopleDirectory;
import dev.bastion.access.port.PolicyParser;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.layout.EnvironmentPaths;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.CommitReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy of a commit, parsed once for each version of its two files. An invalid version leaves the last valid one in
 * force; at a start, that is the last valid one of the history.
 */
public final class PolicyCache {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyCache.class);
    /** The versions of the policy that a start looks through for a valid one. */
    private static final int MAX_VERSIONS = 100;

    /** The policy of a ledger that never had a valid one, and in which something is open all the same: it allows nothing. */
    private static final AccessPolicy NOTHING = new AccessPolicy(
            new EnvironmentRules(
                    Audience.NOBODY,
                    GrantDuration.parse("1h"),
                    GrantDuration.parse("1h"),
                    GrantDuration.parse("1h"),
                    GrantDuration.parse("1h"),
                    Duration.ZERO,
                    false,
                    0,
                    Audience.NOBODY,
                    ApprovalRules.USUAL),
            Map.of(),
            PeopleDirectory.NOBODY);

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

    /**
     * The policy in force at a commit.
     *
     * @param isAnyOpen whether a grant may be open, which must end whatever the policy says
     * @throws PolicyProblems when it is invalid, there is no earlier valid one, and nothing is open
     */
    public AccessPolicy of(CommitId commit, CommitReader commits, boolean isAnyOpen) {
        Version version = versionAt(commit, commits);
        AccessPolicy previous = lastGood;
        if (previous != null && version.equals(lastSeen)) {
            return previous;
        }
        AccessPolicy policy;
        try {
            policy = read(version, commits);
        } catch (PolicyProblems broken) {
            policy = previous != null
                    ? previous
                    : lastValidBelow(commit, version, commits)
                            .or(() -> isAnyOpen ? Optional.of(NOTHING) : Optional.empty())
                            .orElseThrow(() -> broken);
            LOG.atError().addKeyValue("commit", commit).setCause(broken).log("policy.broken");
            alarms.policyBroken(commit, broken.problems());
        }
        lastGood = policy;
        lastSeen = version;
        return policy;
    }

    /** The newest valid version of the first-parent line: without any policy nothing could run, and nothing would end. */
    private Optional<AccessPolicy> lastValidBelow(CommitId head, Version broken, CommitReader commits) {
        Version newer = broken;
        int versions = 0;
        for (Optional<CommitId> at = commits.firstParent(head);
                at.isPresent() && versions < MAX_VERSIONS;
                at = commits.firstParent(at.get())) {
            Version version = versionAt(at.get(), commits);
            if (!version.equals(newer)) {
                Optional<AccessPolicy> valid = readIfValid(version, commits);
                if (valid.isPresent()) {
                    return valid;
                }
                newer = version;
                versions++;
            }
        }
        return Optional.empty();
    }

    private Optional<AccessPolicy> readIfValid(Version version, CommitReader commits) {
        try {
            return Optional.of(read(version, commits));
        } catch (PolicyProblems _) {
            return Optional.empty();
        }
    }

    private Version versionAt(CommitId commit, CommitReader commits) {
        return new Version(commits.file(commit, paths.accessPolicy()), commits.file(commit, paths.people()));
    }

    /** Any failure to parse a version is a problem of that version. */
    private AccessPolicy read(Version version, CommitReader commits) {
        List<String> tooLarge = new ArrayList<>();
        Optional<byte[]> policy = content(version.policy(), paths.accessPolicy(), commits, tooLarge);
        Optional<byte[]> people = content(version.people(), paths.people(), commits, tooLarge);
        if (!tooLarge.isEmpty()) {
            throw new PolicyProblems(tooLarge);
        }
        try {
            return reader.read(policy, people);
        } catch (PolicyProblems e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            LOG.atError().setCause(e).log("policy.unreadable");
            throw new PolicyProblems(List.of("the service cannot read the policy files; its log says why"));
        }
    }

    private static Optional<byte[]> content(
            Optional<BlobId> blob, String path, CommitReader commits, List<String> tooLarge) {
        Optional<byte[]> content = blob.flatMap(commits::content);
        if (blob.isPresent() && content.isEmpty()) {
            tooLarge.add(path + ": is larger than the service reads; make it smaller, or raise budget.blob_bytes");
        }
        return content;
    }
}
