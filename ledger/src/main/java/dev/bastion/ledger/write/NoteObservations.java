package dev.bastion.ledger.write;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.entry.ObservationMessage;
import dev.bastion.ledger.file.LedgerAlarms;
import dev.bastion.ledger.git.NotesClone;
import dev.bastion.ledger.git.remote.PackLimit;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.git.signature.CommitSigner;
import dev.bastion.ledger.history.EnvironmentRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Observations as git notes on the commits that opened the grants, in a ref of their own. Each is one commit of that ref whose
 * message is the observation, and whose first-parent line has nothing but the service's commits: what others push there is
 * merged as a second parent, with an alarm, and counts for nothing. Nothing here takes the branch's lock for a call to the remote.
 */
final class NoteObservations implements ObservationStore, AutoCloseable {
    private static final String BEGIN =
            "bastion: observations are kept here\n\nEach commit on this one adds a note to the"
                    + " commit that opened a grant.\n";

    private static final String MERGE = "bastion: keep the service's notes\n\nThe merged commits are not the service's."
            + " They count for nothing.\n";

    /** More than the notes of a large organisation, and less than fills a disk. */
    private static final long MOST_BYTES = 1L << 30;

    private static final Duration LONGEST_FETCH = Duration.ofMinutes(5);
    /** How often a push may be lost while the ref did not move. */
    private static final int MOST_UNEXPLAINED = 3;

    private final LedgerBranch branch;
    private final NotesClone clone;
    private final LedgerAlarms alarms;
    private final InstantSource clock;
    private volatile NoteState state = NoteState.UNREAD;
    /** Whether the last push was taken; empty before the first one. */
    private Optional<Boolean> isTaken = Optional.empty();

    private int unexplained;

    NoteObservations(LedgerBranch branch, LedgerAlarms alarms, InstantSource clock) {
        this.branch = branch;
        this.alarms = alarms;
        this.clock = clock;
        LedgerSettings settings = branch.settings();
        this.clone = NotesClone.open(directory(settings.directory()), settings.gitRemote(), settings.budget());
    }

    /** The directory of the notes' clone, beside that of the branch. */
    static Path directory(Path ledger) {
        return ledger.resolveSibling(ledger.getFileName() + "-notes");
    }

    @Override
    public List<Observation> of(RequestId request) {
        Stream<Observation> onBranch =
                branch.isKnown() ? branch.state().observations().of(request).stream() : Stream.empty();
        return Stream.concat(onBranch, known().observations().of(request).stream())
                .toList();
    }

    @Override
    public Optional<Instant> oldest() {
        Optional<Instant> onBranch =
                branch.isKnown() ? branch.state().observations().oldest() : Optional.empty();
        return onBranch.or(() -> known().observations().oldest());
    }

    @Override
    public boolean isReady() {
        return state.tip().isPresent() && state.tip().equals(state.remote());
    }

    /** What is known; at the first call, what an earlier process left on disk. */
    private NoteState known() {
        return state.equals(NoteState.UNREAD) ? readClone() : state;
    }

    private synchronized NoteState readClone() {
        if (state.equals(NoteState.UNREAD)) {
            state = NoteState.UNREAD.read(clone, clone.head(), branch.settings().keys());
        }
        return state;
    }

    @Override
    public synchronized void refresh() {
        NoteState before = readClone();
        PackLimit limit = new PackLimit(MOST_BYTES, clock.instant().plus(LONGEST_FETCH), clock);
        NoteState now = before.read(clone, clone.fetch(limit), branch.settings().keys());
        if (now.isChangedByOthers() && !now.remote().equals(before.remote())) {
            alarms.notesChanged(now.tip(), now.remote());
        }
        keep(now);
    }

    private void keep(NoteState now) {
        state = now;
        now.tip().ifPresent(tip -> {
            if (!clone.head().equals(now.tip())) {
                clone.saveHead(tip);
            }
            if (now.tip().equals(now.remote())) {
                branch.notesAt(tip);
            }
        });
    }

    @Override
    public synchronized PushOutcome write(List<Observation> observations) {
        refresh();
        NoteState before = state;
        NoteState after = draft(before, observations);
        if (after.tip().equals(before.tip()) && isReady()) {
            return PushOutcome.ACCEPTED;
        }
        PushOutcome outcome = push(after.tip().orElseThrow(), before.remote());
        if (outcome == PushOutcome.ACCEPTED) {
            keep(after.pushed());
            accepted();
        }
        return outcome;
    }

    private NoteState draft(NoteState before, List<Observation> observations) {
        NoteState draft = before;
        if (before.tip().isEmpty()) {
            List<CommitId> foreign = before.remote().stream().toList();
            draft = draft.with(add(draft, foreign, Optional.empty(), BEGIN), now(draft));
        } else if (!before.tip().equals(before.remote())) {
            List<CommitId> both = Stream.concat(before.tip().stream(), before.remote().stream())
                    .toList();
            draft = draft.with(add(draft, both, Optional.empty(), MERGE), now(draft));
        }
        for (Observation one : observations) {
            if (!draft.has(one) && !isOnBranch(one)) {
                NotesClone.Note note = new NotesClone.Note(notedOn(one), ObservationMessage.of(one));
                CommitId commit = add(draft, draft.tip().stream().toList(), Optional.of(note), note.text());
                draft = draft.with(commit, now(draft)).with(one);
            }
        }
        return draft;
    }

    private boolean isOnBranch(Observation observation) {
        return branch.state().observations().of(observation.subject().request()).stream()
                .anyMatch(known -> known.kind() == observation.kind());
    }

    private CommitId add(NoteState draft, List<CommitId> parents, Optional<NotesClone.Note> note, String message) {
        Optional<CommitSigner> signer = branch.settings().keys().signer();
        CommitId added =
                clone.add(parents, draft.tip(), note, message, branch.settings().committer(), now(draft), signer);
        signer.ifPresent(_ -> branch.signing().works());
        return added;
    }

    private Instant now(NoteState draft) {
        return draft.part().later(clock.instant());
    }

    /** The commit that opened the grant; for a request that opened nothing, the branch's head. */
    private CommitId notedOn(Observation observation) {
        RequestId request = observation.subject().request();
        return Optional.ofNullable(
                        branch.state().records().get(observation.subject().environment()))
                .map(EnvironmentRecord::history)
                .flatMap(history -> history.open()
                        .filter(grant -> grant.request().equals(request))
                        .or(() -> history.past().find(request).map(PastGrant::grant)))
                .map(Grant::openedBy)
                .orElseGet(() -> branch.state().head());
    }

    private PushOutcome push(CommitId tip, Optional<CommitId> expected) {
        try {
            PushOutcome outcome = clone.push(tip, expected);
            boolean isUnexplained = outcome == PushOutcome.LOST_RACE
                    && clone.fetch(new PackLimit(MOST_BYTES, clock.instant().plus(LONGEST_FETCH), clock))
                            .equals(expected);
            unexplained = isUnexplained ? unexplained + 1 : 0;
            if (unexplained >= MOST_UNEXPLAINED) {
                throw refused("the remote did not move " + NotesClone.REF + ", and gave no reason");
            }
            return outcome;
        } catch (LedgerRejected e) {
            throw unexplained >= MOST_UNEXPLAINED ? e : refused(e.refused().answered());
        }
    }

    private LedgerRejected refused(String answered) {
        Fault.Refused fault = new Fault.Refused(
                ExternalSystem.GIT,
                "pushing to " + NotesClone.REF,
                answered,
                "allow the service's account to push " + NotesClone.REF
                        + ", or set ledger.observations to commits or none");
        if (!isTaken.equals(Optional.of(false))) {
            isTaken = Optional.of(false);
            alarms.notesRefused(fault.answered(), fault.remedy());
        }
        return new LedgerRejected(fault);
    }

    private void accepted() {
        unexplained = 0;
        if (!isTaken.equals(Optional.of(true))) {
            isTaken = Optional.of(true);
            alarms.notesAccepted();
        }
    }

    @Override
    public synchronized void close() {
        clone.close();
    }
}
