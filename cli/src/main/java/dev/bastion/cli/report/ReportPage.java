package dev.bastion.cli.report;

import dev.bastion.access.audit.ApprovalText;
import dev.bastion.access.audit.ApproverPairs;
import dev.bastion.access.audit.EndingText;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.LateEnding;
import dev.bastion.access.audit.Proved;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Person;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the page shows, as the template names it: plain text, which the template escapes.
 *
 * @param findings in groups, the gravest first
 * @param laneWidth the width of a lane's drawing
 */
record ReportPage(
        String repository,
        String branch,
        Link head,
        String from,
        String to,
        List<String> remarks,
        List<Figure> figures,
        List<FindingGroup> findings,
        boolean hasGrants,
        int laneWidth,
        List<Timeline.Lane> lanes,
        List<Timeline.Tick> ticks,
        List<Pair> pairs,
        List<Row> rows) {
    /** @param page empty text where the ledger has no pages */
    record Link(String text, String id, String page) {
        boolean hasPage() {
            return !page.isEmpty();
        }
    }

    /** @param fact what the commit proves, in a word */
    record Proof(String fact, Link commit) {}

    record Pair(String approver, String requester, int count, String median, boolean isMutual) {}

    record Figure(String value, String name) {}

    record FindingGroup(String heading, int count, List<FindingLine> lines) {}

    record FindingLine(int row, String environment, String holder, String opened, String text, Link commit) {}

    /** A finding and the row of its grant. */
    private record Numbered(int row, Finding finding) {}

    /** A cell of the table, with the value that it is sorted by. */
    record Moment(String text, String iso) {}

    /**
     * One grant.
     *
     * @param lateSeconds how much longer than it should it lasted, to sort by
     */
    record Row(
            int number,
            String environment,
            String holder,
            String reason,
            String request,
            Moment opened,
            Moment due,
            String ending,
            String late,
            long lateSeconds,
            String basis,
            String instance,
            String gone,
            String sessions,
            List<Proof> proofs,
            boolean hasFinding) {}

    static ReportPage of(AccessReport report) {
        List<GrantRecord> grants = report.grants();
        List<Numbered> findings = IntStream.range(0, grants.size())
                .boxed()
                .flatMap(row -> Finding.of(grants.get(row), report.counted()).stream()
                        .map(finding -> new Numbered(row, finding)))
                .toList();
        Set<Integer> withFindings = findings.stream().map(Numbered::row).collect(Collectors.toSet());
        Timeline timeline = new Timeline(report);
        return new ReportPage(
                report.repository(),
                report.branch(),
                link(report, report.head()),
                report.from().map(ReportText::minute).orElse("the beginning"),
                ReportText.minute(report.to()),
                report.remarks(),
                figures(grants, findings),
                groups(report, findings),
                !grants.isEmpty(),
                Timeline.WIDTH,
                timeline.lanes(grants),
                timeline.ticks(),
                pairs(grants),
                IntStream.range(0, grants.size())
                        .mapToObj(number -> row(report, number, withFindings.contains(number)))
                        .toList());
    }

    private static List<Figure> figures(List<GrantRecord> grants, List<Numbered> findings) {
        long open = grants.stream().filter(grant -> grant.ending().isEmpty()).count();
        long people =
                grants.stream().map(grant -> grant.holder().id()).distinct().count();
        long environments =
                grants.stream().map(GrantRecord::environment).distinct().count();
        return List.of(
                new Figure(String.valueOf(grants.size()), "grants"),
                new Figure(String.valueOf(environments), "environments"),
                new Figure(String.valueOf(people), "people"),
                new Figure(String.valueOf(open), "open at the end"),
                new Figure(String.valueOf(findings.size()), "findings"));
    }

    private static List<Pair> pairs(List<GrantRecord> grants) {
        ApproverPairs tally = new ApproverPairs();
        grants.forEach(tally::add);
        return tally.pairs().stream()
                .map(pair -> new Pair(
                        ReportText.person(pair.approver()),
                        ReportText.person(pair.requester()),
                        pair.count(),
                        pair.median().map(ReportText::duration).orElse("after the fact"),
                        pair.isMutual()))
                .toList();
    }

    private static List<FindingGroup> groups(AccessReport report, List<Numbered> findings) {
        List<FindingGroup> groups = new ArrayList<>();
        for (Finding.Kind kind : Finding.Kind.values()) {
            List<FindingLine> lines = findings.stream()
                    .filter(found -> found.finding().kind() == kind)
                    .map(found -> line(report, found))
                    .toList();
            if (!lines.isEmpty()) {
                groups.add(new FindingGroup(kind.heading(), lines.size(), lines));
            }
        }
        return groups;
    }

    private static FindingLine line(AccessReport report, Numbered found) {
        GrantRecord grant = found.finding().grant();
        return new FindingLine(
                found.row(),
                grant.environment().value(),
                ReportText.person(grant.holder()),
                ReportText.minute(grant.openedAt()),
                found.finding().text(),
                link(report, found.finding().kind() == Finding.Kind.UNAPPROVED ? grant.unmetBy() : grant.openedBy()));
    }

    private static Row row(AccessReport report, int number, boolean hasFinding) {
        GrantRecord grant = report.grants().get(number);
        Optional<LateEnding> late = LateEnding.of(grant, Duration.ZERO, report.counted());
        return new Row(
                number,
                grant.environment().value(),
                ReportText.person(grant.holder()),
                grant.isByHand() && !grant.reason().isGiven()
                        ? "no request"
                        : grant.reason().text(),
                grant.request().value(),
                moment(grant.openedAt()),
                moment(grant.dueAt()),
                EndingText.of(grant)
                        + grant.ending()
                                .map(ending ->
                                        ", " + ReportText.second(ending.fact().at()))
                                .orElse(""),
                late.map(found -> found.lateness(ReportText.duration(found.by())))
                        .orElse(""),
                late.map(found -> found.by().toSeconds()).orElse(0L),
                ApprovalText.of(grant) + extended(grant),
                instance(grant),
                grant.gone().map(Proved::fact).map(ReportPage::gone).orElse(""),
                grant.sessions().map(Proved::fact).map(ReportPage::sessions).orElse(""),
                proofs(report, grant),
                hasFinding);
    }

    private static String extended(GrantRecord grant) {
        return grant.extensions().isEmpty()
                ? ""
                : "; extended by "
                        + grant.extensions().stream()
                                .map(extension -> extension.fact().by())
                                .map(Person::name)
                                .distinct()
                                .collect(Collectors.joining(", "));
    }

    private static String instance(GrantRecord grant) {
        return grant.ready()
                .map(Proved::fact)
                .map(ready -> ready.instance().id() + ", ready after " + ReportText.duration(ready.afterOpening()))
                .orElse("");
    }

    private static String gone(Observation.Gone gone) {
        return ReportText.second(gone.at()) + ", " + ReportText.source(gone.source());
    }

    private static String sessions(Observation.Sessions sessions) {
        String who =
                sessions.sessions().stream().map(Session::principal).distinct().collect(Collectors.joining(", "));
        String incomplete = sessions.isComplete() ? "" : " (not complete)";
        return sessions.total() == 0 ? "nobody connected" + incomplete : sessions.total() + " by " + who + incomplete;
    }

    private static Moment moment(Instant at) {
        return new Moment(ReportText.minute(at), at.toString());
    }

    /** The commits that prove something of the grant, oldest first. One that proves several things stands at the first. */
    private static List<Proof> proofs(AccessReport report, GrantRecord grant) {
        Map<CommitId, String> facts = new LinkedHashMap<>();
        facts.put(grant.openedBy(), "opened");
        facts.putIfAbsent(grant.basis().commit(), "allowed");
        grant.ready().ifPresent(ready -> facts.putIfAbsent(ready.commit(), "ready"));
        grant.extensions().forEach(extension -> facts.putIfAbsent(extension.commit(), "extended"));
        grant.ending().ifPresent(ending -> facts.putIfAbsent(ending.commit(), "ended"));
        grant.gone().ifPresent(gone -> facts.putIfAbsent(gone.commit(), "gone"));
        grant.sessions().ifPresent(sessions -> facts.putIfAbsent(sessions.commit(), "connections"));
        return facts.entrySet().stream()
                .map(fact -> new Proof(fact.getValue(), link(report, fact.getKey())))
                .toList();
    }

    private static Link link(AccessReport report, CommitId commit) {
        String id = commit.value();
        return new Link(
                commit.brief(),
                id,
                report.commitPages().map(pages -> pages + id).orElse(""));
    }
}
