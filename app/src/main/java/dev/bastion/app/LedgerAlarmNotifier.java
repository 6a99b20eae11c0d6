package dev.bastion.app;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.ledger.file.LedgerAlarms;
import dev.bastion.slack.notify.ChannelAlarm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The ledger's own alarms, with their words for the channel. */
public final class LedgerAlarmNotifier implements LedgerAlarms {
    /** The problems that a message in Slack has room for. */
    private static final int MOST_SHOWN = 10;

    private static final String REFUSED = "refused";

    private final AlarmRecorder alarms;

    public LedgerAlarmNotifier(AlarmRecorder alarms) {
        this.alarms = alarms;
    }

    private void raise(AlarmKind kind, String cause, Map<String, String> fields, String text) {
        alarms.raise(new ChannelAlarm(kind, cause, text), fields);
    }

    @Override
    public void signingWorks() {
        alarms.resolveOthers(AlarmKind.SIGNING_FAILED, Set.of());
    }

    @Override
    public void historyRewritten(CommitId lastSeen, CommitId now, Rewrite how) {
        raise(
                AlarmKind.HISTORY_REWRITTEN,
                lastSeen + " " + now,
                Map.of("last_seen", lastSeen.value(), "now", now.value()),
                "The history of the ledger was rewritten: " + whatHappened(lastSeen, how)
                        + ". The branch's head is now " + now.brief()
                        + ". The audit trail may have lost entries; find out who pushed (docs/runbook.md).");
    }

    private static String whatHappened(CommitId lastSeen, Rewrite how) {
        return switch (how) {
            case REMOVED -> "commit " + lastSeen.brief() + " is no longer part of the branch";
            case PUT_ASIDE ->
                "a merge took the branch with commit " + lastSeen.brief()
                        + " as its second parent, so the entries on that side no longer count";
        };
    }

    @Override
    public void notesRefused(String answered, String remedy) {
        raise(
                AlarmKind.NOTES_PROBLEM,
                REFUSED,
                Map.of("answered", answered, "remedy", remedy),
                "What the service observes is not in the ledger, because git refuses its notes: " + answered
                        + ". To fix it, " + remedy + "; access opens and ends as usual meanwhile.");
    }

    @Override
    public void notesAccepted() {
        alarms.resolveOthers(AlarmKind.NOTES_PROBLEM, Set.of());
    }

    @Override
    public void notesChanged(Optional<CommitId> kept, Optional<CommitId> found) {
        String to = found.map(CommitId::brief).orElse("nothing");
        raise(
                AlarmKind.NOTES_PROBLEM,
                kept + " " + found,
                Map.of(
                        "kept",
                        kept.map(CommitId::value).orElse(""),
                        "found",
                        found.map(CommitId::value).orElse("")),
                "Another account moved the ledger's notes (refs/notes/bastion) to " + to
                        + ". The service restores its own, and the rest counts for nothing; find out who pushed"
                        + " (docs/runbook.md).");
    }

    @Override
    public void policyBroken(CommitId commit, List<String> problems) {
        raise(
                AlarmKind.POLICY_BROKEN,
                commit.value(),
                Map.of("commit", commit.value(), "problems", problems.toString()),
                "The access policy in commit " + commit.brief()
                        + " is invalid. The last valid policy stays in force; fix these problems:\n"
                        + problems.stream().limit(MOST_SHOWN).collect(Collectors.joining("\n"))
                        + (problems.size() > MOST_SHOWN ? "\n… the log has the rest." : ""));
    }

    @Override
    public void signingFailed(String problem) {
        raise(
                AlarmKind.SIGNING_FAILED,
                "",
                Map.of("problem", problem),
                "The service cannot sign its commits: " + problem
                        + ". Access still ends on time, with unsigned commits; requests and extensions are refused"
                        + " until the key works again (docs/runbook.md).");
    }
}
