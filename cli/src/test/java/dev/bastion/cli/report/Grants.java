package dev.bastion.cli.report;

import dev.bastion.access.audit.CountedUntil;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.Proved;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.Session;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Grants of a month, of every kind. */
final class Grants {
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    static final Instant END = Instant.parse("2026-12-01T00:00:00Z");
    static final Person JOHN = new Person("U12345678", "john.doe");
    static final Person JANE = new Person("U23456789", "jane.roe");
    static final Person ANA = new Person("U34567890", "ana.nuñez");

    private static int commits;

    private Grants() {}

    static AccessReport report(List<GrantRecord> grants) {
        return new AccessReport(
                "acme/ledger",
                "main",
                commit(),
                Optional.of(START),
                END,
                new CountedUntil(END, END),
                Optional.of("https://github.com/acme/ledger/commit/"),
                List.of("The trusted keys are the repository's own: this report proves consistency, not authorship."),
                grants);
    }

    static List<GrantRecord> ofEveryKind() {
        List<GrantRecord> all = new ArrayList<>();
        for (int day = 0; day < 28; day++) {
            Instant at = START.plus(Duration.ofDays(day)).plus(Duration.ofHours(8 + day % 9));
            Person holder = List.of(JOHN, JANE, ANA).get(day % 3);
            String environment =
                    List.of("dev", "staging", "prod/orders", "prod/billing").get(day % 4);
            all.add(grant(environment, holder, at, basis(environment, holder, at), Duration.ZERO));
        }
        Instant late = START.plus(Duration.ofDays(12));
        all.add(grant("prod/orders", JOHN, late, approvedBy(JANE, late), Duration.ofMinutes(34)));
        Instant hasty = START.plus(Duration.ofDays(20));
        all.add(grant("prod/billing", ANA, hasty, new ApprovalBasis.BreakGlass(Optional.empty()), Duration.ZERO));
        Instant answered = START.plus(Duration.ofDays(21));
        all.add(grant("prod/billing", ANA, answered, new ApprovalBasis.BreakGlass(Optional.of(JANE)), Duration.ZERO));
        all.add(byHand("prod/orders", START.plus(Duration.ofDays(25))));
        all.add(open("dev", JANE, END.minus(Duration.ofHours(1))));
        return all;
    }

    static GrantRecord grant(String environment, Person holder, Instant at, ApprovalBasis basis, Duration late) {
        Observation.Subject subject = new Observation.Subject(new EnvironmentName(environment), request(), holder);
        CommitId openedBy = commit();
        Instant due = at.plus(Duration.ofHours(2));
        Instance instance = new Instance(
                "i-0123456789abcdef0", Optional.of("123456789012"), Optional.of("eu-west-1"), Optional.empty());
        return new GrantRecord(
                subject.environment(),
                subject.request(),
                holder,
                new Reason("INC-12 slow query on orders"),
                false,
                at,
                openedBy,
                new Proved<>(basis, openedBy),
                Optional.of(URI.create("https://github.com/acme/ledger/pull/42")),
                List.of(),
                List.of(new Proved<>(new GrantRecord.Extension(holder, due, at.plusSeconds(600), false), commit())),
                due,
                Optional.of(new Proved<>(new GrantRecord.Ending(new End.Expired(), due.plus(late), false), commit())),
                Optional.of(new Proved<>(
                        new Observation.Ready(subject, at.plusSeconds(95), instance, Duration.ofSeconds(95)),
                        commit())),
                Optional.of(new Proved<>(
                        new Observation.Gone(
                                subject,
                                due.plus(late).plusSeconds(70),
                                Optional.of(instance),
                                Optional.of(due.plus(late).plusSeconds(60)),
                                new GoneSource.Apply(Optional.empty())),
                        commit())),
                Optional.of(new Proved<>(
                        new Observation.Sessions(
                                subject,
                                due.plusSeconds(300),
                                List.of(new Session(
                                        "arn:aws:sts::123456789012:assumed-role/developer/" + holder.id(),
                                        at.plusSeconds(200),
                                        Optional.of(at.plusSeconds(900)),
                                        Optional.of("bastion-dev-port"))),
                                1,
                                true),
                        commit())));
    }

    static GrantRecord byHand(String environment, Instant at) {
        CommitId commit = commit();
        return new GrantRecord(
                new EnvironmentName(environment),
                request(),
                ANA,
                Reason.NONE,
                true,
                at,
                commit,
                new Proved<>(new ApprovalBasis.ByPolicy(), commit),
                Optional.empty(),
                List.of("prod/orders needs 1 approval of group:platform, and no entry names one."),
                List.of(),
                at.plus(Duration.ofHours(30)),
                Optional.of(new Proved<>(
                        new GrantRecord.Ending(new End.EndedBy(JOHN), at.plus(Duration.ofHours(29)), true), commit())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static GrantRecord open(String environment, Person holder, Instant at) {
        CommitId commit = commit();
        return new GrantRecord(
                new EnvironmentName(environment),
                request(),
                holder,
                new Reason("look at a plan"),
                false,
                at,
                commit,
                new Proved<>(new ApprovalBasis.ByPolicy(), commit),
                Optional.empty(),
                List.of(),
                List.of(),
                at.plus(Duration.ofHours(2)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ApprovalBasis basis(String environment, Person holder, Instant at) {
        return environment.startsWith("prod")
                ? approvedBy(holder.is(JANE) ? JOHN : JANE, at)
                : new ApprovalBasis.ByPolicy();
    }

    private static ApprovalBasis approvedBy(Person approver, Instant at) {
        return new ApprovalBasis.Approved(
                List.of(new Approval(approver, approver.name().replaceAll("\\W", ""), 42, 987, at)),
                new GrantDuration(Duration.ofHours(2)),
                at,
                Optional.of(commit()));
    }

    private static RequestId request() {
        return new RequestId("01JHR7Z9C0V6T1XK");
    }

    static synchronized CommitId commit() {
        long id = 0x9E3779B97F4A7C15L * ++commits;
        return new CommitId(String.format("%016x%024x", id, commits));
    }
}
