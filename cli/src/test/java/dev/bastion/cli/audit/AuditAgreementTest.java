package dev.bastion.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions about the same fact, whose answers agree. */
class AuditAgreementTest {
    private static final String ONE = "01JHR7Z9C0V6T1XA";
    private static final String TWO = "01JHR7Z9C0V6T1XB";
    private static final String UNAPPROVED = "no approval; against the policy: 0 of 1 approval given";

    @TempDir
    private Path top;

    private KeyedLedger ledger;

    @BeforeEach
    void make() throws IOException {
        ledger = new KeyedLedger(top);
    }

    @Test
    void whatNobodyObservedGoneMayStillBeThere() throws IOException {
        List<String> commits = ledger.grant("dev", ONE, true);
        ledger.byHand("2026-01-15T12:00:00Z", "Later");
        assertThat(ledger.ask("who", "--environment", "dev", "--at", "2026-01-20", "--json"))
                .isZero();
        assertThat(ledger.column("until_means"))
                .containsExactly("ended; not observed gone, it may still have been there");
        assertThat(ledger.column("until")).containsExactly("2026-01-15T09:00:02Z");
        assertThat(ledger.ask("late", "--from", "2026-01-20", "--json")).isEqualTo(1);
        assertThat(ledger.column("commit"))
                .as("the reversion is what was in time")
                .containsExactly(commits.getLast());
        ledger.entry(
                "2026-01-15T12:01:00Z",
                "gone",
                "dev",
                ONE,
                KeyedLedger.UNTIL,
                "Observed-At: 2026-01-15T09:03:00Z",
                "Gone-By: service");
        assertThat(ledger.ask("who", "--environment", "dev", "--at", "2026-01-20", "--json"))
                .isZero();
        assertThat(ledger.column("until_means")).isEmpty();
        assertThat(ledger.ask("late")).isZero();
    }

    @Test
    void accessWithoutAnyObservedInstanceEndsWithItsReversion() throws IOException {
        ledger.grant("dev", ONE, false);
        assertThat(ledger.ask("who", "--environment", "dev", "--at", "2026-01-15T08:30Z", "--json"))
                .isZero();
        assertThat(ledger.column("until_means")).containsExactly("ended; nobody observed an instance");
        ledger.ask("who", "--environment", "dev", "--at", "2026-01-20", "--json");
        assertThat(ledger.column("until_means")).isEmpty();
        assertThat(ledger.ask("late")).isZero();
    }

    /** Lateness of the past is counted to the head, or to the end of the period; lateness that goes on, to the question. */
    @Test
    void theAnswerAboutThePastIsTheSameAtAnyTime() throws IOException {
        ledger.grant("dev", ONE, true);
        ledger.byHand("2026-01-15T12:00:00Z", "Later");
        List<String> answers = new ArrayList<>();
        for (String now : List.of("2026-02-01T00:00:00Z", "2026-11-01T00:00:00Z")) {
            assertThat(ledger.askAt(now, "late", "--json")).isEqualTo(1);
            answers.add(ledger.out());
        }
        assertThat(ledger.column("late_seconds")).containsExactly("10800");
        assertThat(ledger.column("late_means")).containsExactly("at least, not observed gone");
        assertThat(answers.get(1)).isEqualTo(answers.get(0));
        assertThat(ledger.ask("late", "--to", "2026-01-15T10:00Z", "--json")).isEqualTo(1);
        assertThat(ledger.column("late_seconds")).containsExactly("3600");
        assertThat(ledger.ask("grants", "--html", "--to", "2026-01-15T10:00Z")).isZero();
        assertThat(ledger.out())
                .contains("It lasted at least 1 h longer than it should, not observed gone.")
                .contains(">at least 1 h, not observed gone<");
    }

    @Test
    void whatIsStillOpenIsLateUntilTheQuestion() throws IOException {
        ledger.write("dev", KeyedLedger.FROM, KeyedLedger.UNTIL);
        ledger.entry(KeyedLedger.FROM, "open", "dev", ONE, KeyedLedger.UNTIL);
        assertThat(ledger.askAt("2026-01-15T11:00:00Z", "late", "--json")).isEqualTo(1);
        assertThat(ledger.column("late_seconds")).containsExactly("7200");
        assertThat(ledger.column("late_means")).containsExactly("at least, still open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grants", "person john.doe", "unapproved", "who --at 2026-01-15T08:30Z"})
    void anApprovalThatIsMissingIsSaidInEveryForm(String question) throws IOException {
        ledger.grant("prod-0", ONE, false);
        List<String> asked = new ArrayList<>(List.of(question.split(" ")));
        for (String form : List.of("--json", "--csv")) {
            asked.add(form);
            ledger.ask(asked.toArray(String[]::new));
            assertThat(ledger.out()).contains(UNAPPROVED).doesNotContain("by policy");
            asked.removeLast();
        }
        if (!question.equals("unapproved")) {
            ledger.ask(asked.toArray(String[]::new));
            assertThat(ledger.out()).contains(UNAPPROVED);
        }
        ledger.ask("grants", "--html");
        assertThat(ledger.out()).contains(">" + UNAPPROVED + "<").doesNotContain("no approval needed");
    }

    @Test
    void anExtensionByHandWhereNoApprovalIsNeededIsNoFinding() throws IOException {
        ledger.write("dev", KeyedLedger.FROM, KeyedLedger.UNTIL);
        ledger.entry(KeyedLedger.FROM, "open", "dev", ONE, KeyedLedger.UNTIL);
        ledger.write("dev", KeyedLedger.FROM, "2026-01-15T11:00:00Z");
        ledger.byHand("2026-01-15T08:30:00Z", "A little longer");
        assertThat(ledger.ask("verify")).isZero();
        assertThat(ledger.ask("unapproved")).isZero();
    }

    @Test
    void anExtensionByHandOfAnEnvironmentWithoutRulesIsAFindingOfBoth() throws IOException {
        ledger.requireNames();
        ledger.signed("2026-01-15T07:30:00Z", "Rules");
        ledger.write("dev", KeyedLedger.FROM, KeyedLedger.UNTIL);
        ledger.entry(KeyedLedger.FROM, "open", "dev", ONE, KeyedLedger.UNTIL);
        ledger.write("dev", "", "");
        ledger.entry("2026-01-15T09:00:02Z", "expire", "dev", ONE, KeyedLedger.UNTIL, "Ended-At: 2026-01-15T09:00:02Z");
        ledger.write("dev", "2026-01-15T10:00:00Z", "2026-01-15T11:00:00Z");
        ledger.byHand("2026-01-15T10:00:00Z", "Mine");
        ledger.write("dev", "2026-01-15T10:00:00Z", "2026-01-15T12:00:00Z");
        ledger.byHand("2026-01-15T10:30:00Z", "A little longer");
        assertThat(ledger.ask("verify")).isEqualTo(1);
        assertThat(ledger.ask("unapproved")).isEqualTo(1);
    }

    @Test
    void anExtensionByHandWhereAnApprovalIsNeededIsAFindingOfBoth() throws IOException {
        ledger.write("prod-0", KeyedLedger.FROM, KeyedLedger.UNTIL);
        ledger.entry(
                KeyedLedger.FROM,
                "open",
                "prod-0",
                ONE,
                KeyedLedger.UNTIL,
                "Duration: 1h",
                "Approved-By: jane.roe <U23456789> (janeroe) PR #1 review 7 at 2026-01-15T08:00:00Z",
                "Approved-At: 2026-01-15T08:00:00Z");
        ledger.write("prod-0", KeyedLedger.FROM, "2026-01-15T11:00:00Z");
        String extended = ledger.byHand("2026-01-15T08:30:00Z", "A little longer");
        assertThat(ledger.ask("verify", "--json")).isEqualTo(1);
        assertThat(ledger.json().get("findings"))
                .extracting(found -> found.get("commit").asText())
                .contains(extended);
        assertThat(ledger.ask("unapproved", "--json")).isEqualTo(1);
    }

    private String approvedProd() throws IOException {
        ledger.write("prod-0", KeyedLedger.FROM, KeyedLedger.UNTIL);
        return ledger.entry(
                KeyedLedger.FROM,
                "open",
                "prod-0",
                ONE,
                KeyedLedger.UNTIL,
                "Duration: 1h",
                "Approved-By: jane.roe <U23456789> (janeroe) PR #1 review 7 at 2026-01-15T08:00:00Z",
                "Approved-At: 2026-01-15T08:00:00Z");
    }

    private void assertBothName(String commit) throws IOException {
        assertThat(ledger.ask("verify", "--json")).isEqualTo(1);
        assertThat(ledger.json().get("findings")).singleElement().satisfies(found -> {
            assertThat(found.get("commit").asText()).isEqualTo(commit);
            assertThat(found.get("kind").asText()).isEqualTo("not-approved");
        });
        assertThat(ledger.ask("unapproved", "--json")).isEqualTo(1);
        assertThat(ledger.column("commit")).containsExactly(commit);
    }

    @Test
    void anExtensionThatIsTakenBackAtItsEndIsAFindingOfBoth() throws IOException {
        String opened = approvedProd();
        ledger.write("prod-0", KeyedLedger.FROM, "2026-01-15T18:00:00Z");
        String extended = ledger.byHand("2026-01-15T08:30:00Z", "Longer");
        ledger.write("prod-0", KeyedLedger.FROM, KeyedLedger.UNTIL);
        ledger.byHand("2026-01-15T17:00:00Z", "As it was");
        assertBothName(extended);
        ledger.write("prod-0", "", "");
        ledger.entry(
                "2026-01-15T17:00:02Z",
                "expire",
                "prod-0",
                ONE,
                KeyedLedger.UNTIL,
                "Ended-At: 2026-01-15T17:00:02Z",
                "Reverts: " + opened);
        assertBothName(extended);
    }

    @Test
    void aLaterExtensionThatIsCoveredIsNoAnswerToTheOneBefore() throws IOException {
        approvedProd();
        ledger.write("prod-0", KeyedLedger.FROM, "2026-01-15T18:00:00Z");
        String extended = ledger.byHand("2026-01-15T08:30:00Z", "Longer");
        ledger.write("prod-0", KeyedLedger.FROM, "2026-01-15T08:31:00Z");
        ledger.byHand("2026-01-15T17:00:00Z", "Shorter");
        ledger.write("prod-0", KeyedLedger.FROM, KeyedLedger.UNTIL);
        ledger.byHand("2026-01-15T17:01:00Z", "As it was");
        assertBothName(extended);
    }

    @Test
    void anExtensionByHandOfBreakGlassIsNamedByItsOwnCommit() throws IOException {
        ledger.write("prod-0", KeyedLedger.FROM, KeyedLedger.UNTIL);
        String opened = ledger.entry(
                KeyedLedger.FROM, "open", "prod-0", ONE, KeyedLedger.UNTIL, "Reason: INC-1", "Break-Glass: yes");
        ledger.write("prod-0", KeyedLedger.FROM, "2026-01-15T11:00:00Z");
        String extended = ledger.byHand("2026-01-15T08:30:00Z", "A little longer");
        assertThat(ledger.ask("unapproved", "--json")).isEqualTo(1);
        assertThat(ledger.column("commit")).containsExactly(extended);
        assertThat(ledger.column("opened_by_commit")).containsExactly(opened);
        assertThat(ledger.column("by_hand")).containsExactly("true");
        assertThat(ledger.ask("verify", "--json")).isEqualTo(1);
        assertThat(ledger.json().get("findings")).singleElement().satisfies(found -> {
            assertThat(found.get("commit").asText()).isEqualTo(extended);
            assertThat(found.get("kind").asText()).isEqualTo("not-approved");
        });
    }

    @Test
    void aChangeOfTheRulesThatOnlyItsAuthorStandsForIsNamed() throws IOException {
        ledger.grant("dev", ONE, false);
        ledger.renameTheKeyOfProd();
        String loosened = ledger.byHand("2026-01-15T10:00:00Z", "Tidy the policy");
        ledger.write("prod-0", "2026-01-15T10:30:00Z", "2026-01-15T11:00:00Z");
        ledger.byHand("2026-01-15T10:30:00Z", "Work");
        assertThat(ledger.ask("verify")).isZero();
        assertThat(ledger.out())
                .contains("Changes of the rules without a recorded approval: 2")
                .contains(loosened.substring(0, 12) + "  environments/access-policy.yaml by bastion: Tidy the policy");
        assertThat(ledger.ask("verify", "--json")).isZero();
        JsonNode changes = ledger.json().get("rule_changes");
        assertThat(changes).hasSize(2);
        assertThat(changes.get(1).get("commit").asText()).isEqualTo(loosened);
        ledger.writeFile("environments/people.yaml", "people: []\n");
        ledger.signed("2026-01-15T12:00:00Z", "The service's own");
        ledger.ask("verify", "--json");
        assertThat(ledger.json().get("rule_changes_total").asInt())
                .as("a signed one has the service behind it")
                .isEqualTo(2);
    }

    @Test
    void everyQuestionSaysThatSomeCommitsOnlyLookLikeEntries() throws IOException {
        ledger.grant("dev", ONE, false);
        ledger.ask("grants");
        assertThat(ledger.errors()).doesNotContain("audit verify");
        ledger.byHand("2026-01-15T10:00:00Z", """
            bastion(dev): approve for john.doe

            Forged

            Bastion-Action: approve
            Bastion-Environment: dev
            Bastion-Request-Id: %s
            Requested-By: john.doe <U12345678>
            Approved-By: sam.low <U55555555> after the fact
            Created-At: 2026-01-15T08:00:00Z
            Expires-At: 2026-01-15T09:00:00Z
            """.formatted(ONE));
        String note = "1 commit looks like an entry and has no valid signature: run audit verify.";
        for (String again : List.of("from git", "from the index")) {
            ledger.ask("grants", "--csv");
            assertThat(ledger.errors()).as(again).contains("note: " + note);
        }
        ledger.ask("grants", "--html");
        assertThat(ledger.out()).contains("<p class=\"remark\">" + note);
    }

    @Test
    void aForgedEntryThatCallsItselfTheServiceEndsByHand() throws IOException {
        ledger.write("dev", KeyedLedger.FROM, KeyedLedger.UNTIL);
        ledger.entry(KeyedLedger.FROM, "open", "dev", ONE, KeyedLedger.UNTIL);
        ledger.write("dev", "", "");
        ledger.byHand("2026-01-15T08:30:00Z", "Close it");
        ledger.ask("grants", "--json");
        assertThat(ledger.column("ended")).containsExactly("by hand, bastion");
        ledger.ask("grants", "--html");
        assertThat(ledger.out())
                .contains("by hand, bastion, 2026-01-15 08:30:00")
                .doesNotContain("ended by bastion");
    }

    @Test
    void aNameThatTheLedgerDoesNotHaveIsNoAnswer() throws IOException {
        ledger.grant("dev", ONE, false);
        ledger.grant("prod-0", TWO, false);
        for (String name : List.of("nosuch", "nosuch-*")) {
            assertThat(ledger.ask("who", "--environment", name, "--at", "2026-01-15T08:30Z"))
                    .isEqualTo(2);
            assertThat(ledger.errors()).contains("the ledger has no environment " + name + "; it has dev, prod-0");
            assertThat(ledger.out()).isEmpty();
        }
        assertThat(ledger.ask("person", "jon.doe")).isEqualTo(2);
        assertThat(ledger.errors()).contains("the ledger has no person jon.doe; it has jane.roe, john.doe");
        assertThat(ledger.ask("person", "JANE.roe")).as("who had nothing").isZero();
        assertThat(ledger.out().strip()).isEqualTo("none");
        assertThat(ledger.ask("person", "u12345678", "--json")).isZero();
        assertThat(ledger.column("environment")).containsExactlyInAnyOrder("dev", "prod-0");
        for (List<String> asked : List.of(List.of("who"), List.of("who", "--environment", "*"))) {
            List<String> command = new ArrayList<>(asked);
            command.addAll(List.of("--at", "2026-01-15T08:30Z", "--json"));
            assertThat(ledger.ask(command.toArray(String[]::new))).isZero();
            assertThat(ledger.column("environment")).containsExactlyInAnyOrder("dev", "prod-0");
        }
        ledger.ask("who", "--environment", "PROD-*", "--at", "2026-01-15T08:30Z", "--json");
        assertThat(ledger.column("environment")).containsExactly("prod-0");
    }

    @Test
    void aTimeBeforeTheFirstEntryIsSaid() throws IOException {
        ledger.grant("dev", ONE, false);
        ledger.ask("who", "--at", "2025-01-15T08:30Z");
        assertThat(ledger.errors()).contains("the ledger has nothing before 2026-01-15T08:00:00Z");
        ledger.ask("grants", "--to", "2025-02-01");
        assertThat(ledger.errors()).contains("the ledger has nothing before 2026-01-15T08:00:00Z");
        for (String question : List.of("cost", "approvers", "requests", "late", "person john.doe")) {
            List<String> asked = new ArrayList<>(List.of(question.split(" ")));
            asked.addAll(List.of("--to", "2025-02-01"));
            ledger.ask(asked.toArray(String[]::new));
            assertThat(ledger.errors()).as(question).contains("nothing before");
        }
        ledger.ask("who", "--at", "2026-01-15T08:30Z");
        assertThat(ledger.errors()).doesNotContain("nothing before");
    }

    @Test
    void verifyCountsWhatItDoesNotPrint() throws IOException {
        ledger.grant("dev", ONE, false);
        String first = "";
        for (int i = 0; i < 23; i++) {
            String forged = ledger.byHand("2026-01-15T10:00:00Z", """
                bastion(dev): approve for john.doe

                Forged

                Bastion-Action: approve
                Bastion-Environment: dev
                Bastion-Request-Id: %s
                Requested-By: john.doe <U12345678>
                Approved-By: sam.low <U55555555> after the fact
                Created-At: 2026-01-15T08:00:00Z
                Expires-At: 2026-01-15T09:00:00Z
                """.formatted(ONE));
            first = first.isEmpty() ? forged : first;
        }
        assertThat(ledger.ask("verify")).isEqualTo(1);
        assertThat(ledger.out())
                .contains("Findings: 23", "… and 3 more not-signed")
                .contains("The first finding is about commit " + first + ".")
                .contains("The first broken signature is that of commit " + first + "; 22 entries behind it");
        assertThat(ledger.out().lines().filter(line -> line.contains("without a signature that fits")))
                .hasSize(20)
                .allMatch(line -> line.endsWith("forged or rewritten, or the commit before it was removed"));
        ledger.ask("verify", "--json");
        assertThat(ledger.json().get("findings")).hasSize(23);
        assertThat(ledger.json().get("first_wrong").asText()).isEqualTo(first);
    }

    @Test
    void theTableIsInTheOrderInWhichAccessBegan() throws IOException {
        ledger.grant("dev", ONE, false);
        ledger.write("prod-0", "2026-01-15T09:30:00Z", "2026-01-15T09:40:00Z");
        ledger.byHand("2026-01-15T09:30:00Z", "Open");
        ledger.ask("grants");
        assertThat(ledger.out()).containsSubsequence("2026-01-15T08:00:00Z", "2026-01-15T09:30:00Z");
        assertThat(ledger.out()).contains("until means");
    }

    @Test
    void wrongUsageIsOneErrorAndOneHint() {
        assertThat(ledger.ask("who", "--at", "yesterday")).isEqualTo(2);
        assertThat(ledger.errors().lines()).hasSize(2);
        assertThat(ledger.errors()).contains("2026-01-15T10:30Z", "audit who --help to see the options.");
    }
}
