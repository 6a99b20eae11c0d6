package dev.bastion.cli.audit;

import static dev.bastion.access.grant.Timestamps.text;

import dev.bastion.access.audit.ApprovalText;
import dev.bastion.access.audit.EndingText;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.LateEnding;
import dev.bastion.access.audit.Proved;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.observation.Observation;
import dev.bastion.cli.table.Column;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The columns of grants. Every row names the commits that prove it. */
final class GrantColumns {
    private GrantColumns() {}

    /** All that the ledger says of a grant. */
    static List<Column<GrantRecord>> all() {
        return List.of(
                Column.of("environment", grant -> grant.environment()),
                Column.of("holder", grant -> grant.holder().name()),
                Column.detail("holder_id", grant -> grant.holder().id()),
                Column.of("from", grant -> grant.openedAt()),
                Column.of("until", grant -> grant.access().until()),
                Column.of("until_means", grant -> grant.access().meaning().words()),
                Column.of("approved", ApprovalText::of),
                Column.detail("approvals", GrantColumns::approvals),
                Column.of("ended", EndingText::of),
                Column.of("reason", GrantColumns::reason),
                Column.detail("request", grant -> grant.request()),
                Column.detail("by_hand", grant -> grant.isByHand()),
                Column.detail("requested_at", grant -> grant.requestedAt()),
                Column.detail("not_before", grant -> grant.notBefore()),
                Column.detail("due_at", grant -> grant.dueAt()),
                Column.detail(
                        "ended_at",
                        grant -> grant.ending().map(end -> end.fact().at())),
                Column.detail("extensions", GrantColumns::extensions),
                Column.detail("unmet", grant -> grant.unmet()),
                Column.detail(
                        "unmet_commit",
                        grant -> Optional.of(grant.unmetBy())
                                .filter(_ -> !grant.unmet().isEmpty())),
                Column.detail("proposal", grant -> grant.proposal()),
                Column.detail("instance", GrantColumns::instance),
                Column.detail(
                        "ready_at",
                        grant -> grant.ready().map(ready -> ready.fact().at())),
                Column.detail(
                        "gone_at", grant -> grant.gone().map(gone -> gone.fact().at())),
                Column.detail(
                        "gone_by",
                        grant -> grant.gone()
                                .map(gone -> LateEnding.source(gone.fact().source()))),
                Column.detail("sessions", GrantColumns::sessions),
                Column.detail(
                        "sessions_total",
                        grant -> grant.sessions().map(seen -> seen.fact().total())),
                Column.detail(
                        "sessions_complete",
                        grant -> grant.sessions().map(seen -> seen.fact().isComplete())),
                Column.of("commit", grant -> grant.openedBy()),
                Column.detail("approved_by_commit", grant -> grant.basis().commit()),
                Column.detail("ended_by_commit", grant -> grant.ending().map(Proved::commit)),
                Column.detail("ready_by_commit", grant -> grant.ready().map(Proved::commit)),
                Column.detail("gone_by_commit", grant -> grant.gone().map(Proved::commit)),
                Column.detail("sessions_by_commit", grant -> grant.sessions().map(Proved::commit)));
    }

    /** A manual edit has no request. */
    private static String reason(GrantRecord grant) {
        String given = grant.reason().isGiven() ? grant.reason().text() : "";
        return grant.isByHand() ? ("no request " + given).strip() : given;
    }

    private static List<String> approvals(GrantRecord grant) {
        return switch (grant.basis().fact()) {
            case ApprovalBasis.ByPolicy _, ApprovalBasis.Unconfirmed _ -> List.of();
            case ApprovalBasis.Approved(var approvals, var _, var _, var _) ->
                approvals.stream().map(GrantColumns::approval).toList();
            case ApprovalBasis.BreakGlass(var by, var _) ->
                by.map(person -> person.name() + " <" + person.id() + "> after the fact").stream()
                        .toList();
        };
    }

    private static String approval(Approval one) {
        String by = one.by().name() + " <" + one.by().id() + ">";
        return switch (one.given()) {
            case Approval.Given.Review(var login, long number) ->
                by + " (" + login + ") PR #" + one.proposal() + " review " + number + " at " + text(one.at());
            case Approval.Given.InSlack _ -> by + " in Slack PR #" + one.proposal() + " at " + text(one.at());
        };
    }

    private static List<String> extensions(GrantRecord grant) {
        return grant.extensions().stream().map(GrantColumns::extension).toList();
    }

    private static String extension(Proved<GrantRecord.Extension> proved) {
        GrantRecord.Extension move = proved.fact();
        return text(move.at()) + " until " + text(move.newEnd()) + " by "
                + move.by().name() + (move.isByHand() ? " by hand" : "") + " (" + proved.commit() + ")";
    }

    private static Optional<String> instance(GrantRecord grant) {
        Stream<String> seen = Stream.concat(
                grant.ready().stream().map(ready -> ready.fact().instance().id()),
                grant.gone().stream()
                        .flatMap(gone -> gone.fact().instance().stream())
                        .map(instance -> instance.id()));
        return seen.findFirst();
    }

    private static List<String> sessions(GrantRecord grant) {
        return grant.sessions().map(Proved::fact).map(Observation.Sessions::sessions).stream()
                .flatMap(List::stream)
                .map(session -> session.principal() + " from " + text(session.from())
                        + session.to().map(to -> " to " + text(to)).orElse("")
                        + session.document().map(name -> " document " + name).orElse(""))
                .toList();
    }

    /** These columns, then those of a grant in short. */
    static <T> List<Column<T>> with(List<Column<T>> own, Function<T, GrantRecord> grantOf) {
        return Stream.concat(
                        own.stream(),
                        all().stream()
                                .filter(column -> own.stream()
                                        .noneMatch(mine -> mine.name().equals(column.name())))
                                .map(column -> Column.<T>detail(
                                        column.name(), row -> column.value().apply(grantOf.apply(row)))))
                .toList();
    }
}
