package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.file.CommittedConfiguration;
import dev.bastion.ledger.file.ConfigurationCache.Configuration;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The policy in force from commit to commit. An invalid version leaves the last valid one in force, as in the service. */
final class PolicyHistory {
    private final CommittedConfiguration configurations;
    private final Set<String> paths;
    private Optional<AccessPolicy> current = Optional.empty();

    /** @param environments the directory of the policy's files */
    PolicyHistory(FileParsers parsers, String environments) {
        Layout standard = Layout.standard(environments);
        this.configurations = new CommittedConfiguration(parsers, environments);
        this.paths = Set.of(Layout.FILE, standard.accessPolicy(), standard.people());
    }

    /** The policy in force; empty before the first valid one. */
    Optional<AccessPolicy> current() {
        return current;
    }

    /** Goes on to a commit that changed these files. */
    void advance(CommitId commit, List<FileVersion> changed, CommitReader commits) {
        if (changed.stream().anyMatch(file -> paths.contains(file.path()))) {
            current = policyOf(commit, commits).or(() -> current);
        }
    }

    private Optional<AccessPolicy> policyOf(CommitId commit, CommitReader commits) {
        try {
            return configurations.of(commit, commits).map(Configuration::policy);
        } catch (RuntimeException | StackOverflowError _) {
            return Optional.empty();
        }
    }
}
