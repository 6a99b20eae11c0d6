package dev.bastion.ledger;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.file.LedgerAlarms;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The alarms that were raised, recorded. */
public final class RecordedAlarms implements LedgerAlarms {
    public final AtomicInteger notesTaken = new AtomicInteger();
    public final List<String> raised = new CopyOnWriteArrayList<>();

    @Override
    public void historyRewritten(CommitId lastSeen, CommitId now, Rewrite how) {
        String what = how == Rewrite.REMOVED ? "rewritten " : "put aside ";
        raised.add(what + lastSeen.brief() + " " + now.brief());
    }

    @Override
    public void policyBroken(CommitId commit, List<String> problems) {
        raised.add("policy " + problems);
    }

    @Override
    public void notesRefused(String answered, String remedy) {
        raised.add("notes refused " + answered + " " + remedy);
    }

    @Override
    public void notesAccepted() {
        notesTaken.incrementAndGet();
    }

    @Override
    public void notesChanged(Optional<CommitId> kept, Optional<CommitId> found) {
        raised.add("notes changed " + kept.map(CommitId::brief) + " " + found.map(CommitId::brief));
    }

    @Override
    public void signingWorks() {}

    @Override
    public void signingFailed(String problem) {
        raised.add("signing " + problem);
    }
}
