package dev.bastion.ledger.proposal.change;

import dev.bastion.access.grant.CommitId;
import dev.bastion.layout.file.AuditVariable;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.FileVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The changed files that the base branch no longer has: a merge applies the change where the branch moved them. */
record MovedFiles(ChangeRange range) {
    List<String> problems(List<CommitId> mergeBases) {
        return mergeBases.stream()
                .flatMap(fork -> range.commits().filesChanged(fork, range.head()).stream()
                        .map(FileVersion::path)
                        .filter(path -> range.commits().file(fork, path).isPresent())
                        .filter(path -> range.atBase(path).isEmpty())
                        .filter(this::mayDefineAccess))
                .distinct()
                .limit(FileChangesReader.MAX_NAMED)
                .map(path -> path + ": is changed here, but the base branch has moved or removed it; merge or rebase")
                .toList();
    }

    private boolean mayDefineAccess(String path) {
        return range.atHead(path).filter(this::mayDefineAccess).isPresent();
    }

    /** The names that environment files have for the variable that opens. */
    private Stream<String> switches() {
        return range.layout().environments().stream()
                .map(pattern -> pattern.values().name(AuditVariable.DEPLOY))
                .distinct();
    }

    /** A file that is too large to be read may define anything. */
    private boolean mayDefineAccess(BlobId blob) {
        range.deadline().check();
        return range.commits()
                .content(blob)
                .map(content -> new String(content, StandardCharsets.ISO_8859_1))
                .map(text -> switches().anyMatch(text::contains))
                .orElse(true);
    }
}
