package dev.bastion.ledger.file;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.file.ConfigurationCache.Configuration;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.CommitReader;
import java.util.List;
import java.util.Optional;

/** The reader of the layout and the policy that one commit has, whatever is in force now. */
public record CommittedConfiguration(FileParsers parsers, String environments) {
    /** The most commits that are searched for a valid configuration. */
    private static final int MOST_SEARCHED = 2000;

    /** The paths of the files that a configuration is read from. */
    public List<String> paths() {
        Layout standard = Layout.standard(environments);
        return List.of(Layout.FILE, standard.accessPolicy(), standard.people());
    }

    /** Empty when the commit has no policy, or an invalid one; a file that is a link, or too large, makes it invalid. */
    public Optional<Configuration> of(CommitId commit, CommitReader commits) {
        Layout standard = Layout.standard(environments);
        boolean isReadable = paths().stream()
                .noneMatch(path -> commits.isIrregular(commit, path)
                        || commits.file(commit, path)
                                .filter(blob -> commits.content(blob).isEmpty())
                                .isPresent());
        Optional<byte[]> policy = content(commit, standard.accessPolicy(), commits);
        return isReadable && policy.isPresent()
                ? parse(new PolicyDocuments(
                        policy, content(commit, standard.people(), commits), content(commit, Layout.FILE, commits)))
                : Optional.empty();
    }

    private Optional<Configuration> parse(PolicyDocuments documents) {
        try {
            return Optional.of(new Configuration(
                    parsers.layout().read(documents.ledger(), environments),
                    parsers.policy().read(documents)));
        } catch (RuntimeException | StackOverflowError _) {
            return Optional.empty();
        }
    }

    /** The configuration in force at a commit: its own, or the last valid one below it on the first-parent line. */
    public Optional<Configuration> inForceAt(CommitId commit, CommitReader commits) {
        List<Optional<BlobId>> invalid = List.of();
        Optional<CommitId> at = Optional.of(commit);
        for (int i = 0; at.isPresent() && i < MOST_SEARCHED; i++) {
            CommitId searched = at.get();
            List<Optional<BlobId>> version =
                    paths().stream().map(path -> commits.file(searched, path)).toList();
            Optional<Configuration> found = version.equals(invalid) ? Optional.empty() : of(searched, commits);
            if (found.isPresent()) {
                return found;
            }
            invalid = version;
            at = commits.firstParent(searched);
        }
        return Optional.empty();
    }

    private static Optional<byte[]> content(CommitId commit, String path, CommitReader commits) {
        return commits.file(commit, path).flatMap(commits::content);
    }
}
