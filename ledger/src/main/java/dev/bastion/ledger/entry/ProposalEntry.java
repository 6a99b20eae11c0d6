package dev.bastion.ledger.entry;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.file.EnvironmentFile;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.ManualEdit;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.Signature;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The content of a proposal's commit, all of it in the message: {@link ProposalCommitMessage} writes it, {@link
 * ProposalCommitParser} reads it back.
 *
 * @param shownIn the Slack message that shows the proposal
 */
public record ProposalEntry(ProposedChange change, Optional<AnnouncementRef> shownIn) {
    /** The prefix of proposal branches. */
    public static final String PREFIX = "bastion/";

    private static final Pattern BRANCH = Pattern.compile(PREFIX + "[A-Za-z0-9._/#-]+/[0-9A-Z]{14,26}");

    /** Whether this is the name of a proposal branch. The branches of {@code PullRequestPush} are not. */
    public static boolean isBranch(String name) {
        return BRANCH.matcher(name).matches();
    }

    public String branch() {
        return PREFIX + change.environment() + "/" + change.id();
    }

    /** Whether the change applies to a file in this state. */
    public boolean fits(FileState file) {
        return switch (change) {
            case ProposedChange.Opening _ -> file instanceof FileState.Closed;
            case ProposedChange.Extension extension ->
                file instanceof FileState.Open open
                        && open.holder().is(extension.from().holder())
                        && open.expiresAt().equals(extension.from().expiresAt());
        };
    }

    /** Adds the proposal's commit to the draft. The same proposal on the same base is the same commit. */
    public CommitId commitTo(CommitDraft draft, Layout layout, Signature committer) {
        String path = layout.fileOf(change.environment(), one -> draft.file(one).isPresent());
        EnvironmentFile file = EnvironmentFile.in(layout, path, draft.file(path).orElse(new byte[0]));
        byte[] edited = switch (change) {
            case ProposedChange.Opening opening ->
                file.opened(new FileState.Open(opening.requester(), opening.startsAt(), opening.latestEnd()));
            case ProposedChange.Extension extension -> file.extendedTo(extension.newEnd());
        };
        Signature author = ManualEdit.signatureOf(change.requester());
        return draft.commit(path, edited, ProposalCommitMessage.of(this), author, committer, change.proposedAt());
    }
}
