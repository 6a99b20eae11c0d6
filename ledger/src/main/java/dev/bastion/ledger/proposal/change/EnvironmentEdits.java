package dev.bastion.ledger.proposal.change;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.FileStateReader;
import dev.bastion.ledger.file.ManualEdit;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.FileVersion;
import java.util.Optional;

/** What environment files at the head would grant. */
final class EnvironmentEdits {
    private final ChangeRange range;
    private final FileStateReader files;

    EnvironmentEdits(ChangeRange range) {
        this.range = range;
        this.files = new FileStateReader(range.commits(), range.layout());
    }

    EnvironmentEdit edit(EnvironmentName environment, FileVersion file, boolean overtaken) {
        Optional<EnvironmentState> after = switch (state(file.path(), file.blob())) {
            case FileState.Unrelated _
            when isHidden(file.path()) ->
                Optional.of(new EnvironmentState.Unclear(
                        environment,
                        file.path()
                                + " still exists, but lacks the variables that the service writes. Delete it, or"
                                + " restore them."));
            case FileState.Unrelated _ -> Optional.empty();
            case FileState.Closed _ -> Optional.of(new EnvironmentState.Closed(environment));
            case FileState.Unclear(String problem, boolean _) ->
                Optional.of(new EnvironmentState.Unclear(environment, problem));
            case FileState.Open open ->
                Optional.of(new EnvironmentState.Open(
                        grant(environment, open, range.commits().commit(range.head()))));
        };
        return new EnvironmentEdit(environment, after, overtaken);
    }

    private FileState state(String path, Optional<BlobId> blob) {
        range.deadline().check();
        return files.of(path, blob);
    }

    /** Whether an environment's file lost its variables: their values may now come from a file that the service does not read. */
    private boolean isHidden(String path) {
        return range.isAtHead(path) && !(state(path, range.atBase(path)) instanceof FileState.Unrelated);
    }

    private static Grant grant(EnvironmentName environment, FileState.Open open, Commit head) {
        return new Grant(
                environment,
                RequestId.derivedFrom(head.id() + " " + environment),
                open.holder(),
                ManualEdit.reasonIn(head.message()),
                open.createdAt(),
                open.expiresAt(),
                head.id(),
                Optional.empty(),
                true);
    }
}
