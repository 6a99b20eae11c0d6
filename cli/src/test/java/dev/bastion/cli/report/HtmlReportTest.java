package dev.bastion.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.Proved;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    @Test
    void everyGrantIsARowThatLinksToEveryCommitThatProvesIt() {
        List<GrantRecord> grants = Grants.ofEveryKind();
        String html = HtmlReport.of(Grants.report(grants));
        assertThat(html.split("<tr id=\"grant-")).hasSize(grants.size() + 1);
        grants.stream()
                .flatMap(HtmlReportTest::commits)
                .forEach(commit ->
                        assertThat(html).contains("href=\"https://github.com/acme/ledger/commit/" + commit + "\""));
    }

    @Test
    void findingsComeFirstAndTheGravestAtTheTop() {
        String html = HtmlReport.of(Grants.report(Grants.ofEveryKind()));
        assertThat(html)
                .containsSubsequence(
                        "Without the approval that the policy required",
                        "needs 1 approval of group:platform",
                        "Break-glass without approval",
                        "Outlived its end",
                        "The reversion came after the end. It lasted 35 min 10 s longer than it should.",
                        "Opened by hand, without a request",
                        "When each environment was open");
        assertThat(html.split("No approver has approved it retroactively")).hasSize(2);
    }

    @Test
    void aLedgerWithoutPagesShowsIdsAndNoLinks() {
        AccessReport known = Grants.report(Grants.ofEveryKind());
        AccessReport report = new AccessReport(
                "here",
                "main",
                known.head(),
                Optional.empty(),
                Grants.END,
                known.counted(),
                Optional.empty(),
                List.of(),
                known.grants());
        assertThat(HtmlReport.of(report)).doesNotContain("href=\"http").contains("<code class=\"commit\"");
    }

    @Test
    void anEmptyPeriodSaysSo() {
        assertThat(HtmlReport.of(Grants.report(List.of())))
                .contains("None: every grant of this period")
                .doesNotContain("grants-table\">");
    }

    @Test
    void nothingOfTheLedgerBecomesMarkup() {
        GrantRecord known = Grants.grant("dev", Grants.JOHN, Grants.START, new ApprovalBasis.ByPolicy(), Duration.ZERO);
        String hostile = "arn:\"><script>alert(1)</script><img src=x onerror=alert(1)>";
        Proved<Observation.Sessions> sessions = known.sessions().orElseThrow();
        GrantRecord grant = withSessions(
                known,
                new Observation.Sessions(
                        sessions.fact().subject(),
                        sessions.fact().at(),
                        List.of(new Session(hostile, Grants.START, Optional.empty(), Optional.empty())),
                        1,
                        false));
        assertThat(HtmlReport.of(Grants.report(List.of(grant))))
                .doesNotContain("<script>alert")
                .doesNotContain("<img")
                .contains("&lt;script&gt;alert(1)");
    }

    private static GrantRecord withSessions(GrantRecord grant, Observation.Sessions sessions) {
        return new GrantRecord(
                grant.environment(),
                grant.request(),
                grant.holder(),
                grant.reason(),
                grant.isByHand(),
                grant.openedAt(),
                grant.openedBy(),
                grant.basis(),
                grant.proposal(),
                grant.unmet(),
                grant.extensions(),
                grant.dueAt(),
                grant.ending(),
                grant.ready(),
                grant.gone(),
                Optional.of(new Proved<>(sessions, Grants.commit())));
    }

    private static Stream<String> commits(GrantRecord grant) {
        return Stream.of(
                        Stream.of(grant.openedBy()),
                        grant.ending().map(Proved::commit).stream(),
                        grant.ready().map(Proved::commit).stream(),
                        grant.gone().map(Proved::commit).stream(),
                        grant.sessions().map(Proved::commit).stream())
                .flatMap(all -> all)
                .map(commit -> commit.value());
    }
}
