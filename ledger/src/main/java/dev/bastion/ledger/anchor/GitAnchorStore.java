package dev.bastion.ledger.anchor;

import dev.bastion.access.fault.AnchorFailed;
import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.port.AnchorArchive;
import dev.bastion.access.port.AnchorStore;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.object.ReadBudget;
import dev.bastion.ledger.git.object.Signature;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.git.remote.RemoteSettings;
import dev.bastion.ledger.write.LostRaces;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A branch of another repository that only moves forward: each anchor is the message of a commit on the one before it. The
 * branch must be there, with a first commit, and its rules must forbid everyone to force-push or delete it.
 *
 * @param directory the directory of the store's clone
 */
public record GitAnchorStore(RemoteSettings remote, Path directory, Signature committer)
        implements AnchorStore, AnchorArchive {
    private static final int MOST_ANCHORS = 100_000;
    /** A reader keeps what it has read of each commit. */
    private static final int COMMITS_PER_READER = 500;

    @Override
    public String place() {
        return remote.url() + ", branch " + remote.branch();
    }

    @Override
    public void add(String name, String anchor) {
        Optional<PushOutcome> pushed = inClone(
                "adding an anchor to ",
                clone -> LostRaces.retry(() ->
                        Optional.of(push(clone, name, anchor)).filter(outcome -> outcome != PushOutcome.LOST_RACE)));
        if (pushed.isEmpty()) {
            throw new AnchorFailed(
                    new Fault.Later(ExternalSystem.GIT, "adding an anchor to " + place(), LostRaces.givenUp()));
        }
    }

    private PushOutcome push(BareClone clone, String name, String anchor) {
        Instant at = AnchorDocument.parse(anchor).orElseThrow().anchor().at();
        CommitId head = clone.fetch();
        clone.saveHead(head);
        try (CommitDraft draft = clone.draft(head, Optional.empty())) {
            draft.commitEmpty("bastion: anchor " + name + "\n\n" + anchor, committer, at);
            return clone.push(draft);
        }
    }

    @Override
    public Optional<String> newest() {
        return inClone("reading the newest anchor of ", clone -> {
            CommitId head = clone.fetch();
            clone.saveHead(head);
            try (CommitReader commits = clone.commits()) {
                return Optional.of(commits.commit(head).message())
                        .filter(text -> AnchorDocument.parse(text).isPresent());
            }
        });
    }

    @Override
    public Map<String, String> all() {
        return inClone("reading the anchors of ", clone -> {
            CommitId head = clone.fetch();
            clone.saveHead(head);
            return messages(clone, head);
        });
    }

    private static Map<String, String> messages(BareClone clone, CommitId head) {
        Map<String, String> found = new TreeMap<>();
        FirstParentLine line;
        try (CommitReader commits = clone.commits()) {
            line = commits.line(head, "");
        }
        for (int from = Math.max(0, line.size() - MOST_ANCHORS); from < line.size(); from += COMMITS_PER_READER) {
            try (CommitReader commits = clone.commits()) {
                for (int i = from; i < Math.min(line.size(), from + COMMITS_PER_READER); i++) {
                    String message = commits.commit(line.commit(i)).message();
                    if (AnchorDocument.parse(message).isPresent()) {
                        found.put(line.commit(i).value(), message);
                    }
                }
            }
        }
        return found;
    }

    private <T> T inClone(String attempted, Function<BareClone, T> work) {
        try (BareClone clone = BareClone.open(directory, remote, ReadBudget.USUAL)) {
            return work.apply(clone);
        } catch (CallFailed e) {
            throw new AnchorFailed(of(e.fault(), attempted + place()), e);
        }
    }

    /** The same fault with the settings of this remote. */
    private static Fault of(Fault fault, String attempted) {
        return switch (fault) {
            case Fault.Refused(var system, var _, var answered, var remedy) ->
                new Fault.Refused(system, attempted, answered, remedy.replace("ledger.", "anchors."));
            case Fault.Unknown(var system, var _, var answered) -> new Fault.Unknown(system, attempted, answered);
            case Fault.Later(var system, var _, var answered, var retryAfter) ->
                new Fault.Later(system, attempted, answered, retryAfter);
        };
    }
}
