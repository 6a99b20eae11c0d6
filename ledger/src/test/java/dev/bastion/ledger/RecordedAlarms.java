package dev.bastion.ledger;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.file.LedgerAlarms;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The alarms that were raised, recorded. */
public final class RecordedAlarms implements LedgerAlarms {
    public final List<String> raised = new CopyOnWriteArrayList<>();

    @Override
    public void historyRewritten(CommitId lastSeen, CommitId now) {
        raised.add("rewritten " + lastSeen.brief() + " " + now.brief());
    }

    @Override
    public void policyBroken(CommitId commit, List<String> problems) {
        raised.add("policy " + problems);
    }

    @Override
    public void signingWorks() {}

    @Override
    public void signingFailed(String problem) {
        raised.add("signing " + problem);
    }
}
