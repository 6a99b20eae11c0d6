package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.ProposalSnapshot.Ending;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.text.RefusalText;
import dev.bastion.github.MarkdownMarkup;
import dev.bastion.ledger.entry.ProposalEntry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The labels and comments with which the service closes a proposal's pull request. It reads the label back later; the
 * comment is for people.
 */
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

    /** Empty for a denial in Slack, of which the ledger has an entry. */
    static Optional<Ending> of(ProposalStage stage) {
        return switch (stage) {
            case ProposalStage.Lapsed _ -> Optional.of(Ending.LAPSED);
            case ProposalStage.Withdrawn _ -> Optional.of(Ending.WITHDRAWN);
            case ProposalStage.Refused _, ProposalStage.NoLongerPossible _ -> Optional.of(Ending.REFUSED);
            case ProposalStage.Denied _ -> Optional.empty();
            case ProposalStage.Waiting _, ProposalStage.Approved _ ->
                throw new IllegalArgumentException("the service does not close a proposal in stage " + stage);
        };
    }

    static String sentence(ProposalStatus status) {
        String requester =
                MarkdownMarkup.MARKDOWN.code(status.proposal().requester().name());
        return switch (status.stage()) {
            case ProposalStage.Lapsed _ ->
                "This request was not approved in time and lapsed at "
                        + status.proposal().change().lapsesAt()
                        + (status.proposal().change().notBefore().isPresent()
                                ? ", or it could not start in time. "
                                : ". ")
                        + requester + " can request access again.";
            case ProposalStage.Withdrawn _ -> requester + " withdrew this request.";
            case ProposalStage.Refused(Refusal refusal) ->
                RefusalText.of(refusal).full().in(MarkdownMarkup.MARKDOWN);
            case ProposalStage.NoLongerPossible _ ->
                "The access policy, or a change in the meantime, no longer allows this.";
            case ProposalStage.Denied(var login, var by, var _, var words) ->
                MarkdownMarkup.MARKDOWN.code(by.map(Person::name).orElse(login)) + " denied this request in Slack"
                        + (words.isEmpty() ? "." : ": " + MarkdownMarkup.MARKDOWN.code(words));
            case ProposalStage.Waiting _, ProposalStage.Approved _ -> "";
        };
    }
}
