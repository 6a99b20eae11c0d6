package dev.bastion.ledger.entry;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.SHOWN;
import static dev.bastion.ledger.Samples.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.ledger.HostileTexts;
import dev.bastion.ledger.Samples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proposal commit messages, byte for byte in both directions. */
class ProposalCommitMessageTest {
    static final List<String> HOSTILE = HostileTexts.ALL;

    private static final CommitId OPENED = new CommitId("0123456789abcdef0123456789abcdef01234567");

    private static void assertWrittenAndParsed(ProposalEntry entry, String expected) {
        assertThat(ProposalCommitMessage.of(entry)).isEqualTo(expected);
        assertThat(ProposalCommitParser.read(expected)).contains(entry);
    }

    private static ProposalEntry opening(String reason) {
        return new ProposalEntry(Samples.proposal(PROD, "one", reason), Optional.of(SHOWN));
    }

    private static ProposalEntry extension() {
        Grant grant = new Grant(
                PROD,
                RequestId.derivedFrom("one"),
                JOHN,
                Reason.of("INC-12 slow"),
                NOON,
                TWO,
                OPENED,
                Optional.empty(),
                false);
        return new ProposalEntry(
                new ProposedChange.Extension(
                        RequestId.derivedFrom("two"),
                        grant,
                        TWO.plusSeconds(7200),
                        JANE,
                        NOON.plusSeconds(60),
                        NOON.plusSeconds(3660)),
                Optional.empty());
    }

    @Test
    void opening() {
        assertWrittenAndParsed(opening("INC-12 slow query on orders"), """
                bastion(prod/orders): propose to open for john.doe until 2026-01-15T16:00:00Z

                john.doe asks for prod/orders for 3h: "INC-12 slow query on orders"

                Bastion-Action: propose
                Bastion-Proposes: open
                Bastion-Environment: prod/orders
                Bastion-Request-Id: %s
                Requested-By: john.doe <U12345678>
                Reason: INC-12 slow query on orders
                Duration: 3h
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T16:00:00Z
                Lapses-At: 2026-01-15T13:00:00Z
                Slack-Message: C0123ABC/1736937000.000100
                """.formatted(RequestId.derivedFrom("one")));
    }

    @Test
    void anExtensionThroughTheApiSaysSoAlsoOnceItIsApproved() {
        ProposalEntry fromSlack = extension();
        ProposedChange.Extension plain = (ProposedChange.Extension) fromSlack.change();
        ProposedChange.Extension change = new ProposedChange.Extension(
                plain.id(),
                plain.from(),
                plain.newEnd(),
                plain.by(),
                plain.proposedAt(),
                plain.lapsesAt(),
                Optional.of(new AccessRequest.Origin("https://login.example.com")));
        ProposalEntry entry = new ProposalEntry(change, Optional.empty());
        String message = ProposalCommitMessage.of(entry);
        String origin = "Requested-From: api https://login.example.com\n";
        assertThat(ProposalCommitParser.read(message)).contains(entry);
        assertThat(message.replace(origin, ""))
                .isEqualTo(ProposalCommitMessage.of(fromSlack))
                .isNotEqualTo(message);
        Proposal proposal =
                new Proposal(change, 42, URI.create("https://github.com/acme/x/pull/42"), OPENED, Optional.empty());
        ApprovalBasis.Approved approved =
                new ApprovalBasis.Approved(List.of(), new GrantDuration(Duration.ofHours(4)), NOON);
        assertThat(CommitMessage.of(LedgerEntry.of(proposal, approved))).containsOnlyOnce(origin);
    }

    @Test
    void openingWithoutAReasonOrAnAnnouncement() {
        assertWrittenAndParsed(new ProposalEntry(Samples.proposal(DEV, "one", ""), Optional.empty()), """
                bastion(dev): propose to open for john.doe until 2026-01-15T16:00:00Z

                john.doe asks for dev for 3h

                Bastion-Action: propose
                Bastion-Proposes: open
                Bastion-Environment: dev
                Bastion-Request-Id: %s
                Requested-By: john.doe <U12345678>
                Duration: 3h
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T16:00:00Z
                Lapses-At: 2026-01-15T13:00:00Z
                """.formatted(
                        RequestId.derivedFrom("one")));
    }

    private static ProposalEntry later(String notBefore) {
        AccessRequest now =
                Samples.proposal(PROD, "one", "INC-12 slow query on orders").request();
        AccessRequest request = new AccessRequest(
                now.id(),
                now.requester(),
                now.environment(),
                now.duration(),
                now.reason(),
                false,
                Optional.of(Instant.parse(notBefore)),
                now.askedAt(),
                Optional.empty());
        return new ProposalEntry(
                new ProposedChange.Opening(request, now.duration().orElseThrow(), NOON, NOON.plusSeconds(3600)),
                Optional.of(SHOWN));
    }

    @Test
    void openingLater() {
        assertWrittenAndParsed(later("2026-01-16T02:00:00Z"), """
                bastion(prod/orders): propose to open for john.doe until 2026-01-16T06:00:00Z

                john.doe asks for prod/orders for 3h from 2026-01-16T02:00:00Z: "INC-12 slow query on orders"

                Bastion-Action: propose
                Bastion-Proposes: open
                Bastion-Environment: prod/orders
                Bastion-Request-Id: %s
                Requested-By: john.doe <U12345678>
                Reason: INC-12 slow query on orders
                Duration: 3h
                Created-At: 2026-01-15T12:00:00Z
                Not-Before: 2026-01-16T02:00:00Z
                Expires-At: 2026-01-16T06:00:00Z
                Lapses-At: 2026-01-15T13:00:00Z
                Slack-Message: C0123ABC/1736937000.000100
                """.formatted(RequestId.derivedFrom("one")));
    }

    /** Another zone, a year that overflows, two starts, half a second, and none: no proposal, or another commit than ours. */
    @Test
    void aStartIsWrittenInOneWay() {
        String text = ProposalCommitMessage.of(later("2026-01-16T02:00:00Z"));
        for (String start : List.of("+1000000000-12-31T23:59:59Z", "tomorrow", "2026-01-16 02:00")) {
            assertThat(ProposalCommitParser.read(text.replace("2026-01-16T02:00:00Z\nExpires", start + "\nExpires")))
                    .as(start)
                    .isEmpty();
        }
        for (String start : List.of("", "2026-01-16T03:00:00+01:00", "2026-01-16T02:00:00.5Z")) {
            String other = text.replace("Not-Before: 2026-01-16T02:00:00Z", "Not-Before: " + start);
            assertThat(ProposalCommitParser.read(other).map(ProposalCommitMessage::of))
                    .as(start)
                    .isNotEqualTo(Optional.of(other));
        }
        String twice = text.replace("Not-Before", "Not-Before: 2026-01-16T01:00:00Z\nNot-Before");
        assertThat(ProposalCommitParser.read(twice).map(ProposalCommitMessage::of))
                .isNotEqualTo(Optional.of(twice));
    }

    @Test
    void extending() {
        assertWrittenAndParsed(extension(), """
                bastion(prod/orders): propose to extend for john.doe until 2026-01-15T16:00:00Z

                jane.roe asks to move the end of john.doe's access to prod/orders from 2026-01-15T14:00:00Z to \
                2026-01-15T16:00:00Z: "INC-12 slow"

                Bastion-Action: propose
                Bastion-Proposes: extend
                Bastion-Environment: prod/orders
                Bastion-Request-Id: %s
                Bastion-Extends: %s
                Opened-By: 0123456789abcdef0123456789abcdef01234567
                Requested-By: john.doe <U12345678>
                Extended-By: jane.roe <U87654321>
                Reason: INC-12 slow
                Proposed-At: 2026-01-15T12:01:00Z
                Created-At: 2026-01-15T12:00:00Z
                Open-Until: 2026-01-15T14:00:00Z
                Expires-At: 2026-01-15T16:00:00Z
                Lapses-At: 2026-01-15T13:01:00Z
                """.formatted(RequestId.derivedFrom("two"), RequestId.derivedFrom("one")));
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void aHostileReasonChangesNothingButItsOwnLine(String hostile) {
        ProposalEntry entry = opening(hostile);
        String text = ProposalCommitMessage.of(entry);
        assertThat(ProposalCommitParser.read(text)).contains(entry);
        List<String> plain = ProposalCommitMessage.of(opening("x")).lines().toList();
        assertThat(text.lines().filter(line -> !line.startsWith("Reason: ") && !line.contains("asks for")))
                .containsExactlyElementsOf(plain.stream()
                        .filter(line -> !line.startsWith("Reason: ") && !line.contains("asks for"))
                        .toList());
        assertThat(text).doesNotContainIgnoringCase("[skip ci]").doesNotContainIgnoringCase("skip-checks:");
    }

    @Test
    void aProposalIsNoEntryAndAnEntryNoProposal() {
        assertThat(CommitMessageParser.read(ProposalCommitMessage.of(opening("x"))))
                .isEmpty();
        assertThat(ProposalCommitParser.read(CommitMessage.of(LedgerEntry.of(Samples.open(DEV, "one")))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59Z", "-0001-01-15T13:00:00Z", "+10000-01-01T00:00:00Z"})
    void aYearHasFourDigits(String time) {
        String text = ProposalCommitMessage.of(opening("x"));
        assertThat(ProposalCommitParser.read(text.replace("Lapses-At: 2026-01-15T13:00:00Z", "Lapses-At: " + time)))
                .isEmpty();
        assertThat(ProposalCommitParser.read(text.replace("Lapses-At: 2026", "Lapses-At: 9999")))
                .isPresent();
    }

    @Test
    void anIncompleteProposalIsNone() {
        String text = ProposalCommitMessage.of(opening("x"));
        assertThat(ProposalCommitParser.read(text.replace("Proposes: open", "Proposes: expire")))
                .isEmpty();
        assertThat(ProposalCommitParser.read(text.replace("Duration: 3h", "Duration: 9d")))
                .isEmpty();
        assertThat(ProposalCommitParser.read(text.replace("Lapses-At: 2026-01-15T13:00:00Z", "Lapses-At: never")))
                .isEmpty();
        assertThat(ProposalCommitParser.read(text + "Bastion-Proposes: extend\n"))
                .isEmpty();
        assertThat(ProposalCommitParser.read(text + "\nThanks.\n")).isEmpty();
    }
}
