package dev.bastion.ledger.entry;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Person;
import dev.bastion.access.membership.Membership;
import dev.bastion.access.text.RefusalText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The commit message of an entry: a subject, one paragraph for people, and the trailer block, which is the audit
 * schema. {@link CommitMessageParser} reads it back.
 */
public final class CommitMessage {
    public static final String ACTION = "Bastion-Action";
    static final String ENVIRONMENT = "Bastion-Environment";
    static final String REQUEST = "Bastion-Request-Id";
    static final String HOLDER = "Requested-By";
    /** Where a request came from that did not come from Slack. */
    static final String ORIGIN = "Requested-From";

    static final String ORIGIN_API = "api ";
    static final String EXTENDED_BY = "Extended-By";
    static final String ENDED_BY = "Ended-By";
    /** The key of {@link #ENDED_BY} in ledgers written before the action {@code end} had its name. */
    static final String REVOKED_BY = "Revoked-By";

    /** Why the service ended the grant; readers that do not know the value take it for the policy's. */
    static final String ENDED_BECAUSE = "Ended-Because";

    static final String REASON = "Reason";
    static final String CREATED_AT = "Created-At";
    static final String EXPIRES_AT = "Expires-At";
    static final String ENDED_AT = "Ended-At";
    static final String REVERTS = "Reverts";
    static final String DURATION = "Duration";
    static final String APPROVED_BY = "Approved-By";
    /** The approvals in Slack; a key of its own, as older readers refuse an entry whose {@link #APPROVED_BY} has another form. */
    static final String APPROVED_IN_SLACK = "Approved-In-Slack";

    static final String APPROVED_AT = "Approved-At";
    static final String APPROVED_HEAD = "Approved-Head";
    static final String PROPOSED_IN = "Proposed-In";
    static final String BREAK_GLASS = "Break-Glass";
    static final String BREAK_GLASS_USED = "yes";
    static final String AFTER_THE_FACT = "after the fact";
    static final String MESSAGE = "Slack-Message";
    /** Who was let through by an external audience, as its system answered. */
    static final String MEMBER = "Audience-Member";

    private CommitMessage() {}

    /** The complete message, terminated by a newline. */
    public static String of(LedgerEntry entry) {
        return OneLine.of(subject(entry)) + "\n\n" + OneLine.of(paragraph(entry)) + "\n\n" + trailers(entry);
    }

    private static String subject(LedgerEntry entry) {
        String name = entry.holder().name();
        String what = switch (entry.action()) {
            case OPEN -> "open for " + name + " until " + entry.expiresAt();
            case START -> "start the clock of " + name + ", until " + entry.expiresAt();
            case EXTEND ->
                (entry.confirmsEnd() ? "confirm the extension for " : "extend for ") + name + " until "
                        + entry.expiresAt();
            case APPROVE -> "approve access of " + name + " " + AFTER_THE_FACT;
            case END -> "end access of " + name;
            case EXPIRE -> "expire access of " + name;
        };
        return "bastion(" + entry.environment() + "): " + what;
    }

    private static String paragraph(LedgerEntry entry) {
        String access = entry.holder().name() + "'s access to " + entry.environment();
        String by = entry.by().map(Person::name).orElse("The clock");
        return switch (entry.action()) {
            case OPEN -> requestText(entry) + approvalClause(entry);
            case START -> startText(entry, access);
            case EXTEND -> by + " moved the end of " + access + " to " + entry.expiresAt() + approvalClause(entry);
            case APPROVE -> by + " approved " + access + " " + AFTER_THE_FACT;
            case END -> by + " ended " + access + ", which was open until " + entry.expiresAt() + causeClause(entry);
            case EXPIRE -> access + " expired at " + entry.expiresAt();
        };
    }

    private static String causeClause(LedgerEntry entry) {
        return switch (entry.end().orElseThrow()) {
            case End.Expired _, End.EndedBy _ -> "";
            case End.Unapproved _ -> "; the policy does not allow it, and no approver approved it";
            case End.HolderInactive(var why) -> "; " + RefusalText.accountOf(why);
        };
    }

    /** A hand-made grant keeps its beginning, so its approval has a moment of its own. */
    private static String startText(LedgerEntry entry, String access) {
        return entry.approvalBasis() instanceof ApprovalBasis.Approved
                ? access + " began at " + entry.createdAt() + approvalClause(entry)
                : access + " began when it was approved, at " + entry.createdAt();
    }

    private static String requestText(LedgerEntry entry) {
        Duration length = entry.approvalBasis() instanceof ApprovalBasis.Approved(var _, var duration, var _, var _)
                ? duration.length()
                : Duration.between(entry.createdAt(), entry.expiresAt());
        String requestText =
                entry.holder().name() + " asked for " + entry.environment() + " for " + durationText(length);
        return entry.reason().isGiven() ? requestText + ": \"" + entry.reason().text() + "\"" : requestText;
    }

    private static String approvalClause(LedgerEntry entry) {
        return switch (entry.approvalBasis()) {
            case ApprovalBasis.ByPolicy _, ApprovalBasis.Unconfirmed _ -> "";
            case ApprovalBasis.Approved(var approvals, var _, Instant at, var _) ->
                approvals.isEmpty()
                        ? "; no approval was required at " + at
                        : "; approved by "
                                + approvals.stream()
                                        .map(approval -> approval.by().name())
                                        .distinct()
                                        .collect(Collectors.joining(", "))
                                + " at " + at;
            case ApprovalBasis.BreakGlass _ -> "; opened by break-glass, without waiting for approval";
        };
    }

    private static String durationText(Duration length) {
        String text = unitText(length.toDays(), "d")
                + unitText(length.toHoursPart(), "h")
                + unitText(length.toMinutesPart(), "m");
        return text + (text.isEmpty() || length.toSecondsPart() != 0 ? length.toSecondsPart() + "s" : "");
    }

    private static String unitText(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }

    private static Trailers trailers(LedgerEntry entry) {
        List<Trailer> all = new ArrayList<>();
        all.add(new Trailer(ACTION, entry.action().word()));
        all.add(new Trailer(ENVIRONMENT, entry.environment().value()));
        all.add(new Trailer(REQUEST, entry.request().value()));
        all.add(new Trailer(HOLDER, personText(entry.holder())));
        origin(entry.origin()).ifPresent(all::add);
        actor(entry).ifPresent(all::add);
        if (entry.reason().isGiven()) {
            all.add(new Trailer(REASON, entry.reason().text()));
        }
        all.add(new Trailer(CREATED_AT, entry.createdAt().toString()));
        all.add(new Trailer(EXPIRES_AT, entry.expiresAt().toString()));
        addApprovalBasis(entry.approvalBasis(), all);
        addMemberships(entry, all);
        entry.proposedIn().ifPresent(page -> all.add(new Trailer(PROPOSED_IN, page.toString())));
        entry.endedAt().ifPresent(at -> all.add(new Trailer(ENDED_AT, at.toString())));
        entry.inactive().ifPresent(why -> all.add(new Trailer(ENDED_BECAUSE, why.word())));
        entry.reverts().ifPresent(commit -> all.add(new Trailer(REVERTS, commit.value())));
        entry.shownIn().ifPresent(message -> all.add(new Trailer(MESSAGE, message.value())));
        return new Trailers(all);
    }

    static Optional<Trailer> origin(Optional<AccessRequest.Origin> origin) {
        return origin.map(api -> new Trailer(ORIGIN, ORIGIN_API + api.issuer()));
    }

    private static void addApprovalBasis(ApprovalBasis approvalBasis, List<Trailer> all) {
        switch (approvalBasis) {
            case ApprovalBasis.ByPolicy _, ApprovalBasis.Unconfirmed _ -> {
                // the policy is in the ledger, so no trailer repeats it
            }
            case ApprovalBasis.Approved(var approvals, var duration, Instant at, var head) -> {
                all.add(new Trailer(DURATION, duration.toString()));
                approvals.forEach(approval -> all.add(approvalTrailer(approval)));
                all.add(new Trailer(APPROVED_AT, at.toString()));
                head.ifPresent(commit -> all.add(new Trailer(APPROVED_HEAD, commit.value())));
            }
            case ApprovalBasis.BreakGlass _ -> all.add(new Trailer(BREAK_GLASS, BREAK_GLASS_USED));
        }
    }

    private static void addMemberships(LedgerEntry entry, List<Trailer> all) {
        Person person = entry.action() == Action.APPROVE ? entry.by().orElseThrow() : entry.holder();
        add(person, entry.memberships(), all);
        if (entry.approvalBasis() instanceof ApprovalBasis.Approved(var approvals, var _, var _, var _)) {
            approvals.forEach(approval -> add(approval.by(), approval.memberships(), all));
        }
    }

    /** {@code jane.roe <U23456789> in oncall:PABC123 as PXYZ987 at 2026-01-15T10:31:00Z}. */
    static void add(Person person, List<Membership> memberships, List<Trailer> all) {
        memberships.forEach(one -> all.add(new Trailer(
                MEMBER,
                "%s in %s as %s at %s".formatted(personText(person), one.audience(), one.account(), one.at()))));
    }

    private static Trailer approvalTrailer(Approval approval) {
        String by = personText(approval.by());
        return switch (approval.given()) {
            case Approval.Given.Review(var login, long number) ->
                new Trailer(
                        APPROVED_BY,
                        "%s (%s) PR #%d review %d at %s"
                                .formatted(by, login, approval.proposal(), number, approval.at()));
            case Approval.Given.InSlack _ ->
                new Trailer(APPROVED_IN_SLACK, "%s PR #%d at %s".formatted(by, approval.proposal(), approval.at()));
        };
    }

    private static Optional<Trailer> actor(LedgerEntry entry) {
        return switch (entry.action()) {
            case OPEN, START, EXPIRE -> Optional.empty();
            case APPROVE -> entry.by().map(by -> new Trailer(APPROVED_BY, personText(by) + " " + AFTER_THE_FACT));
            case EXTEND -> entry.by().map(by -> new Trailer(EXTENDED_BY, personText(by)));
            case END -> entry.by().map(by -> new Trailer(ENDED_BY, personText(by)));
        };
    }

    static String personText(Person person) {
        return person.name() + " <" + person.id() + ">";
    }
}
