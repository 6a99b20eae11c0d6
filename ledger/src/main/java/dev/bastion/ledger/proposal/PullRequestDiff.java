package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.PolicyParser;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.layout.EnvironmentPaths;
import dev.bastion.ledger.file.EnvironmentFile;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.FileStateReader;
import dev.bastion.ledger.file.ManualEdit;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The change that a pull request's head would make to the base branch: the files that differ between a merge base and the
 * head, with their content at the head. A merge gives exactly this content, from whichever merge base it starts, unless the
 * base branch has changed or moved the same file.
 */
final class PullRequestDiff {
    /** How many moved files are named as problems. */
    private static final int MAX_MOVED = 5;

    private final CommitReader commits;
    private final EnvironmentPaths paths;
    private final PolicyParser policy;
    private final FileStateReader files;
    private final Deadline deadline;

    PullRequestDiff(CommitReader commits, EnvironmentPaths paths, PolicyParser policy, Deadline deadline) {
        this.commits = commits;
        this.files = new FileStateReader(commits);
        this.deadline = deadline;
        this.paths = paths;
        this.policy = policy;
    }

    record Change(List<EnvironmentEdit> edits, List<String> problems) {}

    /** @throws BudgetExceeded when it changes more files, or takes longer, than the budget allows */
    Change between(CommitId base, CommitId head) {
        List<CommitId> mergeBases = commits.mergeBases(base, head);
        mergeBases.forEach(fork -> commits.pathsChanged(fork, head));
        Collection<FileVersion> changed = changed(mergeBases, head);
        List<EnvironmentEdit> edits = changed.stream()
                .flatMap(file -> paths
                        .environmentAt(file.path())
                        .map(environment ->
                                edit(environment, file, base, head, isOvertaken(file.path(), mergeBases, base)))
                        .stream())
                .toList();
        List<String> problems = new ArrayList<>(moved(mergeBases, base, head));
        problems.addAll(policyProblems(changed, base));
        return new Change(edits, problems);
    }

    private Collection<FileVersion> changed(List<CommitId> mergeBases, CommitId head) {
        if (mergeBases.isEmpty()) {
            commits.requireFewFiles(head);
            return commits.changes(Optional.empty(), head, paths.root());
        }
        Map<String, FileVersion> all = new LinkedHashMap<>();
        mergeBases.forEach(fork ->
                commits.changes(Optional.of(fork), head, paths.root()).forEach(file -> all.put(file.path(), file)));
        return all.values();
    }

    private boolean isOvertaken(String path, List<CommitId> mergeBases, CommitId base) {
        Optional<BlobId> now = commits.file(base, path);
        return mergeBases.isEmpty()
                ? now.isPresent()
                : mergeBases.stream().anyMatch(fork -> !commits.file(fork, path).equals(now));
    }

    /** The changed files that the base branch no longer has: a merge applies the change where the branch moved them. */
    private List<String> moved(List<CommitId> mergeBases, CommitId base, CommitId head) {
        return mergeBases.stream()
                .flatMap(fork -> commits.pathsChanged(fork, head).stream()
                        .filter(path -> commits.file(fork, path).isPresent())
                        .filter(path -> commits.file(base, path).isEmpty())
                        .filter(path -> mayDefineAccess(head, path)))
                .distinct()
                .limit(MAX_MOVED)
                .map(path -> path + ": is changed here, but the base branch has moved or removed it; merge or rebase")
                .toList();
    }

    private boolean mayDefineAccess(CommitId head, String path) {
        return commits.file(head, path)
                .filter(this::mayDefineAccess)
                .isPresent();
    }

    /** A file that is too large to be read may define anything. */
    private boolean mayDefineAccess(BlobId blob) {
        deadline.check();
        return commits.content(blob)
                .map(content -> new String(content, StandardCharsets.ISO_8859_1))
                .map(text -> text.contains(EnvironmentFile.DEPLOY_VARIABLE))
                .orElse(true);
    }

    private EnvironmentEdit edit(
            EnvironmentName environment, FileVersion file, CommitId base, CommitId head, boolean overtaken) {
        Optional<EnvironmentState> after = switch (state(file.path(), file.blob())) {
            case FileState.Unrelated _
            when isHidden(file.path(), base, head) ->
                Optional.of(new EnvironmentState.Unclear(
                        environment,
                        file.path()
                                + " still exists, but lacks the variables that the service writes. Delete it, or"
                                + " restore them."));
            case FileState.Unrelated _ -> Optional.empty();
            case FileState.Closed _ -> Optional.of(new EnvironmentState.Closed(environment));
            case FileState.Unclear(String problem) -> Optional.of(new EnvironmentState.Unclear(environment, problem));
            case FileState.Open open ->
                Optional.of(new EnvironmentState.Open(grant(environment, open, commits.commit(head))));
        };
        return new EnvironmentEdit(environment, after, overtaken);
    }

    private FileState state(String path, Optional<BlobId> blob) {
        deadline.check();
        return files.of(path, blob);
    }

    /** Whether an environment's file lost its variables: their values may now come from a file that the service does not read. */
    private boolean isHidden(String path, CommitId base, CommitId head) {
        return commits.file(head, path).isPresent()
                && !(state(path, commits.file(base, path)) instanceof FileState.Unrelated);
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

    /** The problems of the merged policy: a policy file that changed comes from the head, any other from the base. */
    private List<String> policyProblems(Collection<FileVersion> changed, CommitId base) {
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

    private static Optional<FileVersion> changedAt(String path, Collection<FileVersion> changed) {
        return changed.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    private Optional<byte[]> content(Optional<FileVersion> changed, String path, CommitId base) {
        Optional<BlobId> blob = changed.isPresent() ? changed.get().blob() : commits.file(base, path);
        return blob.map(id -> commits.content(id)
                .orElseThrow(() -> new PolicyProblems(List.of(path + ": is larger than the service reads"))));
    }
}
