package dev.bastion.ledger.git.object;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.ledger.git.signature.CommitSignature;
import dev.bastion.ledger.git.signature.SshPublicKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.util.RawParseUtils;
import org.jspecify.annotations.Nullable;

/** The parser of commits whose bodies are read. It is total: what a header does not say, or says in no known form, is empty. */
final class CommitParser {
    private CommitParser() {}

    static Commit commit(RevCommit commit, List<FileVersion> changed) {
        return commit(commit, changed, Optional.empty());
    }

    static Commit commit(RevCommit commit, List<FileVersion> changed, Optional<String> merged) {
        return commit(commit, changed, merged, CommitSignature.verifiedKey(commit.getRawBuffer()));
    }

    static Commit commit(
            RevCommit commit, List<FileVersion> changed, Optional<String> merged, Optional<SshPublicKey> signedBy) {
        Optional<PersonIdent> author = identity(commit::getAuthorIdent);
        return new Commit(
                new CommitId(commit.name()),
                author.map(PersonIdent::getName).orElse(""),
                author.map(PersonIdent::getEmailAddress).orElse(""),
                Timestamps.clamped(identity(commit::getCommitterIdent)
                        .map(PersonIdent::getWhenAsInstant)
                        .orElse(Instant.EPOCH)),
                messageOf(commit),
                changed,
                merged,
                signedBy);
    }

    /** The author or committer; empty when the commit has none, or one that JGit cannot parse. */
    private static Optional<PersonIdent> identity(Supplier<@Nullable PersonIdent> parse) {
        try {
            return Optional.ofNullable(parse.get());
        } catch (RuntimeException _) {
            return Optional.empty();
        }
    }

    /** The message; that of a cut commit is read as UTF-8, because another encoding would change where it was cut. */
    static String messageOf(RevCommit commit) {
        byte[] raw = commit.getRawBuffer();
        if (!BoundedObjectReader.isCut(raw)) {
            return commit.getFullMessage();
        }
        int start = RawParseUtils.commitMessage(raw, 0);
        return start < 0 ? "" : new String(raw, start, raw.length - start, StandardCharsets.UTF_8);
    }
}
