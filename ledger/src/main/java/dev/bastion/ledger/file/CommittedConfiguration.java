package dev.bastion.ledger.file;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.file.ConfigurationCache.Configuration;
import dev.bastion.ledger.git.object.CommitReader;
import java.util.Optional;

/** The reader of the layout and the policy that one commit has, whatever is in force now. */
public record CommittedConfiguration(FileParsers parsers, String environments) {
    /** Empty when the commit has no policy, or an invalid one. */
    public Optional<Configuration> of(CommitId commit, CommitReader commits) {
        Layout standard = Layout.standard(environments);
        Optional<byte[]> ledger = content(commit, Layout.FILE, commits);
        Optional<byte[]> policy = content(commit, standard.accessPolicy(), commits);
        if (policy.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Configuration(
                    parsers.layout().read(ledger, environments),
                    parsers.policy()
                            .read(new PolicyDocuments(policy, content(commit, standard.people(), commits), ledger))));
        } catch (PolicyProblems _) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> content(CommitId commit, String path, CommitReader commits) {
        return commits.file(commit, path).flatMap(commits::content);
    }
}
