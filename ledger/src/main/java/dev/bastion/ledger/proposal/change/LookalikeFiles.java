package dev.bastion.ledger.proposal.change;

import dev.bastion.layout.Lookalikes;
import dev.bastion.ledger.git.object.FileVersion;
import java.util.Collection;
import java.util.List;

/** The changed files that look like a bastion and are no environment. */
record LookalikeFiles(ChangeRange range) {
    List<String> problems(Collection<FileVersion> changed) {
        Lookalikes lookalikes = new Lookalikes(range.layout());
        return changed.stream()
                .filter(file -> file.blob().isPresent() && lookalikes.isCandidate(file.path()))
                .peek(_ -> range.deadline().check())
                .flatMap(file -> lookalikes
                        .reason(file.path(), file.blob().flatMap(range.commits()::content))
                        .map(reason -> file.path() + ": looks like a bastion, because " + reason
                                + ". Move it where a pattern of ledger.yaml names it, or remove it")
                        .stream())
                .limit(FileChangesReader.MAX_NAMED)
                .toList();
    }
}
