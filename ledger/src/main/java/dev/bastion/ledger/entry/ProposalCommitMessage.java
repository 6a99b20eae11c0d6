package dev.bastion.ledger.entry;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.ProposedChange;
import java.util.ArrayList;
import java.util.List;

/**
 * The message of the commit on a proposal's branch. That commit is no entry of the ledger; its merge is, after
 * approval. {@link ProposalCommitParser} reads it back.
 */
public final class ProposalCommitMessage {
    /** The value of {@code Bastion-Action}. */
    static final String PROPOSE = "propose";

    static final String PROPOSES = "Bastion-Proposes";
    static final String EXTENDS = "Bastion-Extends";
    static final String OPENED_BY = "Opened-By";
    static final String PROPOSED_AT = "Proposed-At";
    static final String OPEN_UNTIL = "Open-Until";
    static final String LAPSES_AT = "Lapses-At";
    static final String NOT_BEFORE = "Not-Before";

    private ProposalCommitMessage() {}

    /** The complete message, terminated by a newline. */
    public static String of(ProposalEntry entry) {
        ProposedChange change = entry.change();
        return subject(change) + "\n\n" + OneLine.of(paragraph(change)) + "\n\n" + trailers(entry);
    }

    /** The subject line. */
    public static String subject(ProposedChange change) {
        String what = switch (change) {
            case ProposedChange.Opening opening ->
                "open for " + opening.requester().name();
            case ProposedChange.Extension extension ->
                "extend for " + extension.from().holder().name();
        };
        return "bastion(" + change.environment() + "): propose to " + what + " until " + change.latestEnd();
    }

    private static String paragraph(ProposedChange change) {
        String why = change.reason().isGiven() ? ": \"" + change.reason().text() + "\"" : "";
        return switch (change) {
            case ProposedChange.Opening opening ->
                opening.requester().name() + " asks for " + opening.environment() + " for " + opening.duration()
                        + start(opening) + why;
            case ProposedChange.Extension(var _, Grant from, var newEnd, var by, var _, var _, var _) ->
                by.name() + " asks to move the end of " + from.holder().name() + "'s access to " + from.environment()
                        + " from " + from.expiresAt() + " to " + newEnd + why;
        };
    }

    private static String start(ProposedChange.Opening opening) {
        return opening.notBefore().map(start -> " from " + start).orElse("");
    }

    private static Trailers trailers(ProposalEntry entry) {
        ProposedChange change = entry.change();
        List<Trailer> all = new ArrayList<>();
        all.add(new Trailer(CommitMessage.ACTION, PROPOSE));
        all.add(new Trailer(PROPOSES, proposes(change).word()));
        all.add(new Trailer(CommitMessage.ENVIRONMENT, change.environment().value()));
        all.add(new Trailer(CommitMessage.REQUEST, change.id().value()));
        switch (change) {
            case ProposedChange.Opening opening -> addTrailers(opening, all);
            case ProposedChange.Extension extension -> addTrailers(extension, all);
        }
        all.add(new Trailer(CommitMessage.EXPIRES_AT, change.latestEnd().toString()));
        all.add(new Trailer(LAPSES_AT, change.lapsesAt().toString()));
        entry.shownIn().ifPresent(message -> all.add(new Trailer(CommitMessage.MESSAGE, message.value())));
        return new Trailers(all);
    }

    static Action proposes(ProposedChange change) {
        return switch (change) {
            case ProposedChange.Opening _ -> Action.OPEN;
            case ProposedChange.Extension _ -> Action.EXTEND;
        };
    }

    private static void addTrailers(ProposedChange.Opening opening, List<Trailer> all) {
        all.add(new Trailer(CommitMessage.HOLDER, CommitMessage.personText(opening.requester())));
        CommitMessage.origin(opening.request().origin()).ifPresent(all::add);
        addReason(opening, all);
        all.add(new Trailer(CommitMessage.DURATION, opening.duration().toString()));
        all.add(new Trailer(CommitMessage.CREATED_AT, opening.proposedAt().toString()));
        opening.notBefore().ifPresent(start -> all.add(new Trailer(NOT_BEFORE, start.toString())));
    }

    private static void addTrailers(ProposedChange.Extension extension, List<Trailer> all) {
        Grant from = extension.from();
        all.add(new Trailer(EXTENDS, from.request().value()));
        all.add(new Trailer(OPENED_BY, from.openedBy().value()));
        all.add(new Trailer(CommitMessage.HOLDER, CommitMessage.personText(from.holder())));
        CommitMessage.origin(extension.origin()).ifPresent(all::add);
        all.add(new Trailer(CommitMessage.EXTENDED_BY, CommitMessage.personText(extension.by())));
        addReason(extension, all);
        all.add(new Trailer(PROPOSED_AT, extension.proposedAt().toString()));
        all.add(new Trailer(CommitMessage.CREATED_AT, from.createdAt().toString()));
        all.add(new Trailer(OPEN_UNTIL, from.expiresAt().toString()));
    }

    private static void addReason(ProposedChange change, List<Trailer> all) {
        if (change.reason().isGiven()) {
            all.add(new Trailer(CommitMessage.REASON, change.reason().text()));
        }
    }
}
