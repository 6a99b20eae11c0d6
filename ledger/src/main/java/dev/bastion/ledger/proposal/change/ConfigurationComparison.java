package dev.bastion.ledger.proposal.change;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.proposal.ConfigurationChange;
import dev.bastion.hcl.model.HclException;
import dev.bastion.layout.DatabaseTargets;
import dev.bastion.layout.shape.EnvironmentTargets;
import dev.bastion.ledger.file.CommitTree;
import dev.bastion.ledger.file.EnvironmentFile;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.FileVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The comparison of an environment file at the head with the base branch, apart from its five audit values. */
record ConfigurationComparison(ChangeRange range) {
    /** Whether more than the five audit values of the file differs from the base branch. */
    boolean isConfigured(FileVersion file) {
        Optional<BlobId> before = range.atBase(file.path());
        if (before.isEmpty() || file.blob().isEmpty()) {
            return true;
        }
        Optional<byte[]> old = withoutAccess(file.path(), before.get());
        Optional<byte[]> now = withoutAccess(file.path(), file.blob().get());
        return !before.equals(file.blob()) && (old.isEmpty() || now.isEmpty() || !Arrays.equals(old.get(), now.get()));
    }

    /** The file as if it were closed; as it stands when its audit values cannot be located, empty when it is too large. */
    private Optional<byte[]> withoutAccess(String path, BlobId blob) {
        return range.commits().content(blob).map(content -> {
            try {
                return EnvironmentFile.in(range.layout(), path, content).closed();
            } catch (HclException _) {
                return content;
            }
        });
    }

    ConfigurationChange configuration(EnvironmentName environment, FileVersion file) {
        if (file.blob().isEmpty()) {
            return new ConfigurationChange(environment, List.of(), true);
        }
        DatabaseTargets after = targets(file.path(), range.head());
        List<EnvironmentName> sharedWith =
                range
                        .commits()
                        .changes(Optional.empty(), range.base(), range.layout().directory())
                        .stream()
                        .filter(other -> !other.path().equals(file.path())
                                && other.blob().isPresent())
                        .flatMap(other -> range
                                .layout()
                                .environmentAt(other.path())
                                // the slots of an environment lead to the same database, under the same rules
                                .filter(name -> !name.sharesSlotsWith(environment))
                                .filter(_ -> targets(other.path(), range.base()).overlaps(after))
                                .stream())
                        .sorted()
                        .toList();
        return new ConfigurationChange(environment, sharedWith, after.comparable());
    }

    private DatabaseTargets targets(String path, CommitId commit) {
        range.deadline().check();
        return EnvironmentTargets.in(new CommitTree(range.commits(), commit), path, range.layout());
    }
}
