package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.entry.CommitMessageParser;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.entry.NotesReference;
import dev.bastion.ledger.entry.ObservationMessageParser;
import dev.bastion.ledger.entry.ProposalCommitParser;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.entry.SigningNotice;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.FileStateReader;
import dev.bastion.ledger.file.ManualEdit;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.FileVersion;
import dev.bastion.ledger.git.signature.SshPublicKey;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.history.EnvironmentHistory;
import dev.bastion.ledger.history.ServiceMessage;
import dev.bastion.ledger.history.SignedMessageReader;
import dev.bastion.ledger.history.SignedPart;
import dev.bastion.ledger.verification.LedgerFinding.Kind;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The verification of commits, oldest first, each after the one before it. */
final class CommitVerifier {
    private final Layout layout;
    private final TrustedKeys keys;
    private final PolicyHistory policies;
    private final RuleChanges rules;
    private final FindingList findings;
    private final NoteVerifier notes;
    private final EntriesOffLine offLine;
    private final EnvironmentTracks environments;
    private final EntryVerifier entries;
    private SignedPart signed;
    private int timedPlace = -1;
    private Instant timedAt = Instant.MAX;
    private Optional<CommitId> firstUnproven = Optional.empty();
    private int unproven;

    CommitVerifier(
            Layout layout,
            TrustedKeys keys,
            SignedPart signed,
            PolicyHistory policies,
            RuleChanges rules,
            FindingList findings,
            NoteVerifier notes,
            EntriesOffLine offLine) {
        this.layout = layout;
        this.keys = keys;
        this.signed = signed;
        this.policies = policies;
        this.rules = rules;
        this.findings = findings;
        this.notes = notes;
        this.offLine = offLine;
        this.environments = new EnvironmentTracks(layout, findings);
        this.entries = new EntryVerifier(layout, environments, findings);
    }

    void verify(Step step) {
        ServiceMessage message = new SignedMessageReader(step.commits(), layout, keys).read(step.commit(), signed);
        boolean isBeforeSwitch =
                !signed.hasBegun() && message instanceof ServiceMessage.Nothing && !signed.isSwitch(step.id());
        if (isBeforeSwitch) {
            unsigned(step);
        } else {
            signed = signed.hasBegun() ? signed : signed.begunBy(step.id());
            inSignedPart(step, message);
        }
        policies.advance(step.id(), step.changed(), step.commits());
        rules.passed(step, signed);
        notes.passed(step.id(), environments);
        offLine.passed(step, message);
    }

    private void lookForNotes(Step step, Commit entry) {
        NotesReference.in(entry.message()).ifPresent(head -> notes.named(head, step.id()));
    }

    private void inSignedPart(Step step, ServiceMessage message) {
        switch (message) {
            case ServiceMessage.Entries said -> {
                Instant latest = signed.latest();
                signed = signed.with(step.id(), said.signed().at());
                timed(step, said);
                said.line().forEach(commit -> entries.verify(step, commit, latest, policies.current()));
                said.line().forEach(commit -> lookForNotes(step, commit));
                if (!said.signed().id().equals(step.id())) {
                    merged(step, said.line());
                }
            }
            case ServiceMessage.Proposed said -> {
                signed = signed.with(step.id(), said.signed().at());
                proposed(step, said);
            }
            case ServiceMessage.Nothing _ -> {
                notOfTheService(step);
                manualEdits(step, Set.of());
            }
        }
    }

    /** What confirms an approval, and what was observed, has an earlier time than its commit. */
    private void timed(Step step, ServiceMessage.Entries said) {
        if (said.entries().stream().anyMatch(entry -> !EntryVerifier.confirms(entry))) {
            timedPlace = step.place();
            timedAt = said.signed().at();
        }
    }

    /** A merge of signed commits changes what they change, and leaves their environments as they do. */
    private void merged(Step step, List<Commit> line) {
        Set<String> theirs = new HashSet<>();
        for (Commit commit : line) {
            Step.read(step.commits(), commit.id(), step.place()).changed().forEach(file -> theirs.add(file.path()));
        }
        CommitId head = line.getLast().id();
        List<String> own = step.changed().stream()
                .map(FileVersion::path)
                .filter(path -> !theirs.contains(path) || !isSameState(step, head, path))
                .toList();
        ownContent(step, own);
    }

    private boolean isSameState(Step step, CommitId head, String path) {
        FileStateReader files = new FileStateReader(step.commits(), layout);
        return layout.environmentAt(path).isEmpty()
                || files.of(path, step.commits().file(step.id(), path))
                        .equals(files.of(path, step.commits().file(head, path)));
    }

    private void ownContent(Step step, List<String> paths) {
        if (!paths.isEmpty()) {
            addOwnContent(step, paths.getFirst());
        }
        step.changed().stream()
                .filter(file -> paths.contains(file.path()))
                .forEach(file -> manualEdit(step, file, ManualEdit.Context.SIGNED_WITH_OTHERS));
    }

    private void addOwnContent(Step step, String path) {
        add(Kind.MERGE_WITH_CONTENT, step, "changes " + path + " in another way than the commits that it merges");
    }

    private void proposed(Step step, ServiceMessage.Proposed said) {
        ProposalEntry proposal = said.proposal();
        EnvironmentName environment = proposal.change().environment();
        Optional<String> path =
                layout.filesOf(environment).stream().filter(step::hasChanged).findFirst();
        Optional<EnvironmentHistory> after = path.filter(
                        changed -> isSameState(step, said.signed().id(), changed))
                .flatMap(_ -> environments.historyOf(environment).afterSignedMerge(step.id(), proposal));
        if (after.isEmpty()) {
            requireContentOf(step, said.signed().id());
            manualEdits(step, Set.of());
            return;
        }
        environments.apply(step, after.get(), policies.current());
        List<String> own = step.changed().stream()
                .map(FileVersion::path)
                .filter(changed -> !changed.equals(path.get()))
                .toList();
        ownContent(step, own);
        if (own.isEmpty()) {
            requireContentOf(step, said.signed().id());
        }
    }

    private void requireContentOf(Step step, CommitId head) {
        if (!step.changed().isEmpty() && !step.isMergeOf(head, layout)) {
            addOwnContent(step, step.changed().getFirst().path());
        }
    }

    /** Judges a commit that nobody trusted signed by what it claims to be. */
    private void notOfTheService(Step step) {
        Optional<LedgerEntry> entry = CommitMessageParser.read(step.commit().message());
        if (signed.trusts(step.commit(), keys)) {
            add(Kind.ENTRY_CONTRADICTED, step, "has the service's signature, and did not do what its message says");
        } else if (entry.isPresent() || isOtherForm(step.commit().message())) {
            if (firstUnproven.isPresent()) {
                unproven++;
            }
            if (entry.filter(closing -> isClosing(closing, step)).isEmpty()) {
                unsignedEntry(step, entry);
            }
        }
    }

    /** Whether a message has the form of what else the service signs. */
    private static boolean isOtherForm(String message) {
        return SigningNotice.isIn(message)
                || ObservationMessageParser.read(message).isPresent();
    }

    /** An end of access waits for no key, so one without a signature is a manual edit that does no harm. */
    private boolean isClosing(LedgerEntry entry, Step step) {
        return entry.end().isPresent()
                && step.commit().signedBy().isEmpty()
                && step.changed().size() == 1
                && layout.environmentAt(step.changed().getFirst().path())
                        .filter(entry.environment()::equals)
                        .isPresent()
                && new FileStateReader(step.commits(), layout)
                                .of(
                                        step.changed().getFirst().path(),
                                        step.changed().getFirst().blob())
                        instanceof FileState.Closed;
    }

    private void unsignedEntry(Step step, Optional<LedgerEntry> entry) {
        String claim = entry.map(said -> "says \"" + said.action().word() + " " + said.environment() + "\"")
                .or(() -> ObservationMessageParser.read(step.commit().message())
                        .map(seen -> "says \"" + seen.kind().word() + " "
                                + seen.subject().environment() + "\""))
                .orElse("says that entries are signed from here on");
        Optional<SshPublicKey> key = step.commit().signedBy();
        firstUnproven = firstUnproven.or(() -> Optional.of(step.id()));
        add(
                key.isPresent() ? Kind.KEY_NOT_TRUSTED : Kind.NOT_SIGNED,
                step,
                claim
                        + key.map(by -> keys.others().names(by)
                                        ? ", signed with a key that was not valid then"
                                        : ", signed with a key that is not trusted")
                                .orElse(", without a signature that fits: it was forged or rewritten, or the commit"
                                        + " before it was removed"));
    }

    private void unsigned(Step step) {
        Optional<LedgerEntry> entry = CommitMessageParser.read(step.commit().message());
        if (entry.isPresent()) {
            boolean isEffective = switch (entry.get().action()) {
                case APPROVE -> step.changed().isEmpty();
                case START -> step.changed().isEmpty() || hasChangedFileOf(entry.get(), step);
                case OPEN, EXTEND, END, EXPIRE -> hasChangedFileOf(entry.get(), step);
            };
            if (isEffective) {
                entries.verifyUnsigned(step, entry.get());
                lookForNotes(step, step.commit());
                return;
            }
            add(Kind.ENTRY_CONTRADICTED, step, "says \"" + entry.get().action().word() + "\" and did not do it");
        }
        proposalIn(step)
                .ifPresent(proposal -> environments.apply(
                        step,
                        environments.historyOf(proposal.change().environment()).afterMerge(step.id(), proposal),
                        Optional.empty()));
        manualEdits(step, Set.of());
    }

    private boolean hasChangedFileOf(LedgerEntry entry, Step step) {
        return layout.filesOf(entry.environment()).stream().anyMatch(step::hasChanged);
    }

    private Optional<ProposalEntry> proposalIn(Step step) {
        return ProposalCommitParser.read(step.commit().message())
                .or(() -> step.merged().flatMap(ProposalCommitParser::read))
                .filter(proposal ->
                        layout.filesOf(proposal.change().environment()).stream().anyMatch(step::hasChanged));
    }

    private void manualEdits(Step step, Set<EnvironmentName> explained) {
        List<FileVersion> moved = step.changed().stream()
                .filter(file -> layout.environmentAt(file.path())
                        .filter(environment -> !explained.contains(environment))
                        .isPresent())
                .toList();
        ManualEdit.Context first = signed.hasBegun()
                ? moved.size() > 1 ? ManualEdit.Context.SIGNED_WITH_OTHERS : ManualEdit.Context.SIGNED
                : ManualEdit.Context.UNSIGNED;
        ManualEdit.Context rest = signed.hasBegun() ? first : ManualEdit.Context.UNSIGNED_AFTER_OTHERS;
        for (int i = 0; i < moved.size(); i++) {
            manualEdit(step, moved.get(i), i == 0 ? first : rest);
        }
    }

    private void manualEdit(Step step, FileVersion file, ManualEdit.Context context) {
        layout.environmentAt(file.path())
                .ifPresent(environment -> environments.apply(step, environment, file, context, policies.current()));
    }

    private void add(Kind kind, Step step, String what) {
        findings.add(kind, step.id(), step.place(), what);
    }

    SignedPart signed() {
        return signed;
    }

    int entryCount() {
        return entries.count();
    }

    /** The first commit that has the form of an entry and no valid signature. */
    Optional<CommitId> firstUnproven() {
        return firstUnproven;
    }

    int unproven() {
        return unproven;
    }

    /** Judges what is open at the head. */
    void finish(Instant now) {
        environments.finish(now, timedPlace, timedAt);
    }

    EnvironmentTracks environments() {
        return environments;
    }

    /** The grants in force. */
    List<Grant> open() {
        return environments.open();
    }
}
