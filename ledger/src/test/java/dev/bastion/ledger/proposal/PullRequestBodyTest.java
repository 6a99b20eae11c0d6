package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.github.MarkdownMarkup;
import dev.bastion.ledger.HostileTexts;
import dev.bastion.ledger.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PullRequestBodyTest {
    static final List<String> HOSTILE = HostileTexts.ALL;

    private static String body(ProposedChange change) {
        return PullRequestBody.of(change, Samples.policyWithApprovals());
    }

    @Test
    void opening() {
        assertThat(body(Samples.proposal(PROD, "one", "INC-12 slow query on orders")))
                .isEqualTo("""
                    `john.doe` requests access to `prod/orders`.

                    - **Reason:** `INC-12 slow query on orders`
                    - **Duration:** 3h from the approval, until 2026-01-15T16:00:00Z
                    - **Extension without another approval:** up to 4h in total
                    - **Approvers:** `jane.roe` (`janeroe`), `sam.low` (`samlow`); one approval is required
                    - **Lapses** at 2026-01-15T13:00:00Z
                    - **Checks** of `bastion/policy`: may_request passed · holder passed · environment passed · duration passed · limits passed · approvals: 0 of 1 approval

                    **To approve:** *Files changed* → *Review changes* → *Approve*. The service then merges it; do not merge it yourself. **To deny:** close it, or request changes.

                    `john.doe` cannot approve this request from any account. An approval counts for the current commit only: a push to this branch invalidates the request.
                    """);
    }

    @Test
    void extending() {
        Grant grant = new Grant(
                PROD,
                RequestId.derivedFrom("one"),
                JOHN,
                Reason.NONE,
                NOON,
                TWO,
                new CommitId("0".repeat(40)),
                Optional.empty(),
                false);
        assertThat(body(new ProposedChange.Extension(
                        RequestId.derivedFrom("two"), grant, TWO.plusSeconds(10_800), JANE, NOON, TWO)))
                .startsWith("""
                    `jane.roe` requests to extend the access of `john.doe` to `prod/orders`.

                    - **Reason:** none
                    - **Duration:** until 2026-01-15T17:00:00Z instead of 2026-01-15T14:00:00Z, 5h in total
                    - **Extension without another approval:** none
                    - **Approvers:** `sam.low` (`samlow`); one approval is required
                    - **Lapses** at 2026-01-15T14:00:00Z
                    """);
    }

    /** By CommonMark's rules for code spans: it ends at the first run of as many backticks as it began with. */
    @ParameterizedTest
    @FieldSource("HOSTILE")
    void whatSomebodyTypedNeverLeavesItsCodeSpan(String hostile) {
        for (String text : List.of(hostile, "`" + hostile, hostile + "``", "a`b``c```" + hostile + "`d")) {
            String reason = Reason.of(text.length() > 280 ? text.substring(0, 200) : text)
                    .text();
            if (!reason.isEmpty()) {
                assertThat(contentOf(MarkdownMarkup.MARKDOWN.code(reason))).isEqualTo(reason);
            }
        }
    }

    @Test
    void mentionsLinksAndHtmlStayText() {
        String body = body(Samples.proposal(
                PROD, "one", "@acme/everybody ``` <img src=x> ![a](http://evil.example) fixes #1 `| --- |"));
        assertThat(body.lines().filter(line -> line.contains("@acme")))
                .singleElement()
                .isEqualTo(
                        "- **Reason:** ````@acme/everybody ``` <img src=x> ![a](http://evil.example) fixes (#1) `| ---"
                                + " |````");
    }

    private static String contentOf(String span) {
        int ticks = 0;
        while (span.charAt(ticks) == '`') {
            ticks++;
        }
        String rest = span.substring(ticks);
        int at = 0;
        while (at < rest.length()) {
            int run = 0;
            while (at + run < rest.length() && rest.charAt(at + run) == '`') {
                run++;
            }
            if (run == ticks) {
                assertThat(at + run).as("%s ends where its span ends", span).isEqualTo(rest.length());
                String content = rest.substring(0, at);
                boolean padded = content.startsWith(" ") && content.endsWith(" ") && !content.isBlank();
                return padded ? content.substring(1, content.length() - 1) : content;
            }
            at += Math.max(run, 1);
        }
        throw new AssertionError(span + " never ends");
    }
}
