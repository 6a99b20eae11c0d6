package dev.bastion.ledger.entry;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.ObservationKind;
import java.util.Optional;

/**
 * What a commit's message says by its form alone, without its author: at most one of the three. Its trailers are read once, where the
 * parsers of each form would read them each.
 */
public record ParsedMessage(
        Optional<LedgerEntry> entry, Optional<Observation> observation, Optional<ProposalEntry> proposal) {
    private static final ParsedMessage NOTHING =
            new ParsedMessage(Optional.empty(), Optional.empty(), Optional.empty());

    public static ParsedMessage read(String message) {
        return message.contains(CommitMessage.ACTION) ? read(Trailers.parse(message)) : NOTHING;
    }

    /** An approval can be an entry or an observation, by what else it says; other actions are one of them. */
    private static ParsedMessage read(Trailers trailers) {
        String word = trailers.single(CommitMessage.ACTION).orElse("");
        return new ParsedMessage(
                Action.fromWord(word).flatMap(_ -> CommitMessageParser.read(trailers)),
                ObservationKind.fromWord(word).flatMap(_ -> ObservationMessageParser.read(trailers)),
                word.equals(ProposalCommitMessage.PROPOSE) ? ProposalCommitParser.read(trailers) : Optional.empty());
    }

    /** The environment that an entry or a proposal changes. */
    public Optional<EnvironmentName> changes() {
        return entry.map(LedgerEntry::environment)
                .or(() -> proposal.map(said -> said.change().environment()));
    }
}
