package dev.bastion.ledger.file;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.CommitReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layout and the policy of a commit, parsed once for each version of their files. An invalid version leaves the last
 * valid one in force.
 */
public final class ConfigurationCache {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationCache.class);

    /** The layout and the policy of one commit. */
    public record Configuration(Layout layout, AccessPolicy policy) {}

    private record Version(Optional<BlobId> ledger, Optional<BlobId> policy, Optional<BlobId> people) {}

    private final FileParsers parsers;
    private final String environments;
    private final LedgerAlarms alarms;
    private @Nullable Configuration lastGood;
    private @Nullable Version lastSeen;

    /** @param environments the directory of the policy's files, like {@code environments} */
    public ConfigurationCache(FileParsers parsers, String environments, LedgerAlarms alarms) {
        this.parsers = parsers;
        this.environments = environments;
        this.alarms = alarms;
    }

    /** @throws PolicyProblems when it is invalid and there is no earlier valid one */
    public Configuration of(CommitId commit, CommitReader commits) {
        Layout standard = Layout.standard(environments);
        Version version = new Version(
                commits.file(commit, Layout.FILE),
                commits.file(commit, standard.accessPolicy()),
                commits.file(commit, standard.people()));
        Configuration previous = lastGood;
        if (previous != null && version.equals(lastSeen)) {
            return previous;
        }
        try {
            Configuration read = parsed(version, commits);
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

    private Configuration parsed(Version version, CommitReader commits) {
        Optional<byte[]> ledger = version.ledger().map(commits::content);
        PolicyDocuments documents = new PolicyDocuments(
                version.policy().map(commits::content), version.people().map(commits::content), ledger);
        return new Configuration(
                parsers.layout().read(ledger, environments), parsers.policy().read(documents));
    }
}
