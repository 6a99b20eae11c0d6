package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.SHOWN;
import static dev.bastion.ledger.Samples.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.AccessRequest;
import dev.bastion.access.CommitId;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.Grant;
import dev.bastion.access.LedgerChange;
import dev.bastion.access.Reason;
import dev.bastion.access.RequestId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Byte for byte, both ways. */
class CommitTextTest {
    static final java.util.List<String> HOSTILE = HostileTexts.ALL;

    private static final RequestId REQUEST = new RequestId("01JHR7Z9C0V6T1");
    private static final CommitId OPENED = new CommitId("0123456789abcdef0123456789abcdef01234567");

    private static LedgerChange.Open open(EnvironmentName environment, String reason) {
        AccessRequest request =
                new AccessRequest(REQUEST, JOHN, environment, Optional.empty(), Reason.of(reason), NOON);
        return new LedgerChange.Open(request, NOON, TWO.plusSeconds(3600), Optional.of(SHOWN));
    }

    private static Grant grant() {
        return new Grant(PROD, REQUEST, JOHN, Reason.NONE, NOON, TWO, OPENED, Optional.of(SHOWN), false);
    }

    private static void isWrittenAndReadBack(LedgerChange change, String expected) {
        LedgerEntry entry = LedgerEntry.of(change);
        assertThat(CommitText.of(entry)).isEqualTo(expected);
        assertThat(EntryReader.read(expected)).contains(entry);
    }

    @Test
    void opening() {
        isWrittenAndReadBack(open(PROD, "INC-12 slow query on orders"), """
                bastion(prod/orders): open for john.doe until 2026-01-15T15:00:00Z

                john.doe asked for prod/orders for 3h: "INC-12 slow query on orders"

                Bastion-Action: open
                Bastion-Environment: prod/orders
                Bastion-Request-Id: 01JHR7Z9C0V6T1
                Requested-By: john.doe <U12345678>
                Reason: INC-12 slow query on orders
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T15:00:00Z
                Slack-Message: C0123ABC/1736937000.000100
                """);
    }

    @Test
    void openingWithoutAReasonOrAnAnnouncement() {
        isWrittenAndReadBack(open(DEV, "").shownIn(Optional.empty()), """
                bastion(dev): open for john.doe until 2026-01-15T15:00:00Z

                john.doe asked for dev for 3h

                Bastion-Action: open
                Bastion-Environment: dev
                Bastion-Request-Id: 01JHR7Z9C0V6T1
                Requested-By: john.doe <U12345678>
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T15:00:00Z
                """);
    }

    @Test
    void extending() {
        isWrittenAndReadBack(Samples.extend(grant(), Duration.ofHours(1)), """
                bastion(prod/orders): extend for john.doe until 2026-01-15T15:00:00Z

                jane.roe moved the end of john.doe's access to prod/orders to 2026-01-15T15:00:00Z

                Bastion-Action: extend
                Bastion-Environment: prod/orders
                Bastion-Request-Id: 01JHR7Z9C0V6T1
                Requested-By: john.doe <U12345678>
                Extended-By: jane.roe <U87654321>
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T15:00:00Z
                Slack-Message: C0123ABC/1736937000.000100
                """);
    }

    @Test
    void revoking() {
        isWrittenAndReadBack(Samples.revoke(grant(), JANE), """
                bastion(prod/orders): revoke access of john.doe

                jane.roe ended john.doe's access to prod/orders, which was open until 2026-01-15T14:00:00Z

                Bastion-Action: revoke
                Bastion-Environment: prod/orders
                Bastion-Request-Id: 01JHR7Z9C0V6T1
                Requested-By: john.doe <U12345678>
                Revoked-By: jane.roe <U87654321>
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T14:00:00Z
                Ended-At: 2026-01-15T12:02:00Z
                Reverts: 0123456789abcdef0123456789abcdef01234567
                Slack-Message: C0123ABC/1736937000.000100
                """);
    }

    @Test
    void expiring() {
        isWrittenAndReadBack(Samples.expire(grant()), """
                bastion(prod/orders): expire access of john.doe

                john.doe's access to prod/orders was over at 2026-01-15T14:00:00Z

                Bastion-Action: expire
                Bastion-Environment: prod/orders
                Bastion-Request-Id: 01JHR7Z9C0V6T1
                Requested-By: john.doe <U12345678>
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T14:00:00Z
                Ended-At: 2026-01-15T14:00:00Z
                Reverts: 0123456789abcdef0123456789abcdef01234567
                Slack-Message: C0123ABC/1736937000.000100
                """);
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void aHostileReasonChangesNothingButItsOwnLine(String hostile) {
        LedgerChange.Open change = open(DEV, hostile);
        LedgerEntry entry = LedgerEntry.of(change);
        String text = CommitText.of(entry);
        assertThat(EntryReader.read(text)).contains(entry);
        String plain = CommitText.of(LedgerEntry.of(open(DEV, "x")));
        assertThat(text.lines().count()).isEqualTo(plain.lines().count());
        assertThat(text.lines().filter(line -> !line.startsWith("Reason: ") && !line.contains("asked for")))
                .containsExactlyElementsOf(plain.lines()
                        .filter(line -> !line.startsWith("Reason: ") && !line.contains("asked for"))
                        .toList());
        assertThat(text).doesNotContainIgnoringCase("[skip ci]").doesNotContainIgnoringCase("skip-checks:");
    }

    @Test
    void aTrailerDefendsItselfAgainstTextThatNobodyTyped() {
        assertThat(new Trailer("Reason", "a\nBastion-Action: expire\u2028[skip ci]\r\n\u202eb").toString())
                .isEqualTo("Reason: a Bastion-Action: expire (skip ci) b");
    }

    @Test
    void aMessageThatIsNotWhollyOursIsSomebodyElses() {
        String text = CommitText.of(LedgerEntry.of(open(DEV, "x")));
        assertThat(EntryReader.read(text + "\nthanks to everybody\n")).isEmpty();
        assertThat(EntryReader.read(text + "Bastion-Action: expire\n")).isEmpty();
        assertThat(EntryReader.read(text.replace("Expires-At: 2026-01-15T15:00:00Z", "Expires-At: soon")))
                .isEmpty();
        assertThat(EntryReader.read(text.replace("Environment: dev", "Environment: ../dev")))
                .isEmpty();
        assertThat(EntryReader.read("Revert \"" + text.lines().findFirst().orElseThrow() + "\"\n\nThis reverts it.\n"))
                .isEmpty();
        assertThat(EntryReader.read("")).isEmpty();
    }

    @Test
    void whatPeopleAddBelowItIsNoHindrance() {
        LedgerEntry entry = LedgerEntry.of(open(DEV, "x"));
        assertThat(EntryReader.read(CommitText.of(entry) + "Signed-off-by: Jane <jane@example.com>\n"))
                .contains(entry);
    }
}
