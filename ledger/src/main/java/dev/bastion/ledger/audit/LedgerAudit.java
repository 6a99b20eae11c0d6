package dev.bastion.ledger.audit;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.index.HistoryIndex;
import dev.bastion.ledger.index.IndexIdentity;
import dev.bastion.ledger.index.ProgramFiles;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reading of a ledger's whole history, offline, from a clone. It keeps what is open, and what the service may still write an
 * observation of; a history of any length takes little more memory than the ids of its commits.
 */
public final class LedgerAudit {
    /** The commits that are kept from the reading of the line until they are replayed: about 150,000. */
    private static final long MOST_KEPT_BYTES = 96L * 1024 * 1024;

    private final CommitReader commits;
    private final FileParsers parsers;
    private final String environments;
    private final Optional<HistoryIndex> index;

    /**
     * @param environments the directory of all environments, like {@code environments}
     * @param index is asked for what an earlier audit read, and gets what this one reads; empty to read from git alone
     */
    public LedgerAudit(CommitReader commits, FileParsers parsers, String environments, Optional<HistoryIndex> index) {
        this.commits = commits;
        this.parsers = parsers;
        this.environments = environments;
        this.index = index;
    }

    /** The keys that the repository itself lists at a commit: its writers choose them. */
    public AllowedSigners ownSigners(CommitId head) {
        return commits.file(head, environments + "/allowed_signers")
                .flatMap(commits::content)
                .map(content -> AllowedSigners.parse(new String(content, StandardCharsets.UTF_8)))
                .orElse(AllowedSigners.NOBODY);
    }

    /**
     * Opens the history of a head.
     *
     * @param notes the head of the clone's notes; empty where it has none
     * @param keys whose signatures count; without any, entries count by their form
     * @param now no commit is later
     * @throws dev.bastion.ledger.git.object.CloneBroken when the clone lacks an object
     */
    public AuditedHistory open(CommitId head, Optional<CommitId> notes, TrustedKeys keys, Instant now) {
        return index.flatMap(AuditIndex::read)
                .flatMap(known -> behind(known, head, notes, keys, now))
                .orElseGet(() -> whole(head, notes, keys, now));
    }

    /** What follows on an index; empty where the index is of another history, or was read in another way. */
    private Optional<AuditedHistory> behind(
            AuditIndex index, CommitId head, Optional<CommitId> notes, TrustedKeys keys, Instant now) {
        AuditIndex.Summary summary = index.summary();
        if (!summary.notes().equals(notes) || !summary.window().contains(now)) {
            return Optional.empty();
        }
        FirstParentLine line = commits.lineAfter(summary.head(), head, Layout.FILE, keptBytes());
        List<Optional<BlobId>> versions = Stream.concat(line.versions().stream(), summary.versions().stream())
                .distinct()
                .limit(FirstParentLine.MOST_VERSIONS)
                .toList();
        Layout layout = layout(versions);
        Optional<IndexIdentity> identity = identity(layout, versions, keys);
        if (!line.isPart() || identity.filter(summary.identity()::equals).isEmpty()) {
            return Optional.empty();
        }
        PolicyHistory policy = new PolicyHistory(commits, parsers, environments);
        return known(index, line, policy)
                .map(known -> new AuditedHistory(
                        commits,
                        policy,
                        line,
                        layout,
                        keys,
                        now,
                        notes,
                        place(identity, summary.commits() + line.size(), notes, versions),
                        known,
                        summary.isSigned()));
    }

    private static Optional<AuditIndex.Known> known(AuditIndex index, FirstParentLine line, PolicyHistory policy) {
        if (line.size() == 0) {
            return index.whole();
        }
        // a note that was read with the earlier commits can be about a grant of these
        return index.summary().notes().isPresent() ? Optional.empty() : index.part(policy);
    }

    private AuditedHistory whole(CommitId head, Optional<CommitId> notes, TrustedKeys keys, Instant now) {
        FirstParentLine line = commits.line(head, Layout.FILE, keptBytes());
        Layout layout = layout(line.versions());
        return new AuditedHistory(
                commits,
                new PolicyHistory(commits, parsers, environments),
                line,
                layout,
                keys,
                now,
                notes,
                place(identity(layout, line.versions(), keys), line.size(), notes, line.versions()),
                new AuditIndex.Known.Nothing(),
                false);
    }

    private Optional<AuditedHistory.NewIndex> place(
            Optional<IndexIdentity> identity, int size, Optional<CommitId> notes, List<Optional<BlobId>> versions) {
        return index.flatMap(file -> identity.map(known ->
                new AuditedHistory.NewIndex(file, new AuditIndexWriter.Reading(known, size, notes, versions))));
    }

    private Optional<IndexIdentity> identity(Layout layout, List<Optional<BlobId>> versions, TrustedKeys keys) {
        return index.flatMap(_ -> IndexIdentity.of(layout, versions, keys, commits.budget(), ProgramFiles.running()));
    }

    /** A small heap is for the index of a long history's pack, which JGit holds in memory. */
    private static long keptBytes() {
        return Math.min(MOST_KEPT_BYTES, Runtime.getRuntime().maxMemory() / 32);
    }

    /** The environments and people that a head has, by whatever names. */
    public HeadNames names(CommitId head) {
        Layout layout = layout(commits.line(head, Layout.FILE).versions());
        PolicyHistory policy = new PolicyHistory(commits, parsers, environments);
        policy.advance(head);
        return new HeadNames(
                layout.aliases(),
                commits.changes(Optional.empty(), head, layout.directory()).stream()
                        .flatMap(file -> layout.environmentAt(file.path()).stream())
                        .collect(Collectors.toSet()),
                Set.copyOf(policy.inForce().policy().people().all().values()));
    }

    /** The newest layout that can be read, with the paths of every version of it. */
    private Layout layout(List<Optional<BlobId>> versions) {
        List<Layout> layouts = new ArrayList<>();
        for (Optional<BlobId> version : versions) {
            try {
                layouts.add(parsers.layout().read(version.flatMap(commits::content), environments));
            } catch (PolicyProblems | StackOverflowError _) {
                // as in the service: an invalid version is not in force
            }
        }
        return (layouts.isEmpty() ? Layout.standard(environments) : layouts.getFirst())
                .after(layouts.stream()
                        .flatMap(layout -> layout.environments().stream())
                        .toList());
    }
}
