package dev.bastion.ledger.proposal;

import dev.bastion.access.proposal.ProposalSnapshot.Ending;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.text.RefusalText;
import dev.bastion.ledger.entry.ProposalEntry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How the service says at the forge that a proposal is over: a label, which it reads back, and a sentence for people. */
final class ClosingLabels {
    private ClosingLabels() {}

    static String label(Ending ending) {
        return ProposalEntry.PREFIX.replace('/', ':') + ending.name().toLowerCase(Locale.ROOT);
    }

    static Optional<Ending> in(List<String> labels) {
        return Stream.of(Ending.values())
                .filter(ending -> labels.contains(label(ending)))
                .findFirst();
    }

    static Ending of(ProposalStage stage) {
        return switch (stage) {
            case ProposalStage.Lapsed _ -> Ending.LAPSED;
            case ProposalStage.Withdrawn _ -> Ending.WITHDRAWN;
            case ProposalStage.Refused _, ProposalStage.NoLongerPossible _ -> Ending.REFUSED;
            case ProposalStage.Waiting _, ProposalStage.Approved _, ProposalStage.Denied _ ->
                throw new IllegalArgumentException("the service does not close what is " + stage);
        };
    }

    static String sentence(ProposalStatus story) {
        String requester = PullRequestBody.code(story.proposal().requester().name());
        return switch (story.stage()) {
            case ProposalStage.Lapsed _ ->
                "This request was not approved in time and lapsed at "
                        + story.proposal().change().lapsesAt() + ". " + requester + " can request access again.";
            case ProposalStage.Withdrawn _ -> requester + " withdrew this request.";
            case ProposalStage.Refused(Refusal why) ->
                RefusalText.of(why).full().in(MarkdownMarkup.MARKDOWN);
            case ProposalStage.NoLongerPossible _ ->
                "The access policy, or a change in the meantime, no longer allows this.";
            case ProposalStage.Waiting _, ProposalStage.Approved _, ProposalStage.Denied _ -> "";
        };
    }
}
