package dev.bastion.ledger;

import dev.bastion.access.CommitId;
import dev.bastion.access.EnvironmentEdit;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.Grant;
import dev.bastion.access.PolicyProblems;
import dev.bastion.access.PolicyReader;
import dev.bastion.access.Reason;
import dev.bastion.access.RequestId;
import dev.bastion.access.Standing;
import dev.bastion.ledger.git.BlobId;
import dev.bastion.ledger.git.CommitReader;
import dev.bastion.ledger.git.FileVersion;
import java.util.List;
import java.util.Optional;

/**
 * What a line of commits would bring into the branch: what it changed since it left it, as it is now. Where the branch has
 * not changed the same file since, that is exactly what a merge makes of it.
 */
final class PullRequestFiles {
    private final CommitReader commits;
    private final EnvironmentPaths paths;
    private final PolicyReader policy;

    PullRequestFiles(CommitReader commits, EnvironmentPaths paths, PolicyReader policy) {
        this.commits = commits;
        this.paths = paths;
        this.policy = policy;
    }

    record Change(List<EnvironmentEdit> edits, List<String> policyProblems) {}

    Change between(CommitId base, CommitId head) {
        Optional<CommitId> fork = commits.fork(base, head);
        List<FileVersion> changed = commits.changes(fork, head, paths.root());
        List<EnvironmentEdit> edits = changed.stream()
                .flatMap(file -> paths
                        .environmentAt(file.path())
                        .map(environment -> edit(environment, file, base, head, isOvertaken(file.path(), fork, base)))
                        .stream())
                .toList();
        return new Change(edits, policyProblems(changed, base));
    }

    private boolean isOvertaken(String path, Optional<CommitId> fork, CommitId base) {
        Optional<BlobId> then = fork.flatMap(commit -> commits.file(commit, path));
        return !then.equals(commits.file(base, path));
    }

    private EnvironmentEdit edit(
            EnvironmentName environment, FileVersion file, CommitId base, CommitId head, boolean overtaken) {
        Optional<Standing> after = switch (state(file.path(), file.blob())) {
            case FileState.Unrelated _
            when isHidden(file.path(), base, head) ->
                Optional.of(new Standing.Unclear(
                        environment,
                        file.path() + " is still there, without what the service writes into it. Delete it, or put that"
                                + " back."));
            case FileState.Unrelated _ -> Optional.empty();
            case FileState.Closed _ -> Optional.of(new Standing.Closed(environment));
            case FileState.Unclear(String problem) -> Optional.of(new Standing.Unclear(environment, problem));
            case FileState.Open open -> Optional.of(new Standing.Open(grant(environment, open, head)));
        };
        return new EnvironmentEdit(environment, after, overtaken);
    }

    private FileState state(String path, Optional<BlobId> blob) {
        return blob.<FileState>map(found -> new EnvironmentFile(path, commits.content(found)).state())
                .orElseGet(FileState.Unrelated::new);
    }

    /** It was an environment, and is not removed: the values may come from elsewhere, where nobody looks for them. */
    private boolean isHidden(String path, CommitId base, CommitId head) {
        return commits.file(head, path).isPresent()
                && !(state(path, commits.file(base, path)) instanceof FileState.Unrelated);
    }

    private static Grant grant(EnvironmentName environment, FileState.Open open, CommitId head) {
        return new Grant(
                environment,
                RequestId.derivedFrom(head + " " + environment),
                open.holder(),
                Reason.NONE,
                open.createdAt(),
                open.expiresAt(),
                head,
                Optional.empty(),
                true);
    }

    /** Of the two policy files, what it changes is taken from it, and what it leaves alone from the branch. */
    private List<String> policyProblems(List<FileVersion> changed, CommitId base) {
        Optional<FileVersion> rules = changedAt(paths.accessPolicy(), changed);
        Optional<FileVersion> people = changedAt(paths.people(), changed);
        if (rules.isEmpty() && people.isEmpty()) {
            return List.of();
        }
        try {
            policy.read(content(rules, paths.accessPolicy(), base), content(people, paths.people(), base));
            return List.of();
        } catch (PolicyProblems e) {
            return e.problems();
        }
    }

    private static Optional<FileVersion> changedAt(String path, List<FileVersion> changed) {
        return changed.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    private Optional<byte[]> content(Optional<FileVersion> changed, String path, CommitId base) {
        Optional<BlobId> blob = changed.isPresent() ? changed.get().blob() : commits.file(base, path);
        return blob.map(commits::content);
    }
}
