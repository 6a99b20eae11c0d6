package dev.bastion.ledger.entry;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.SAM;
import static dev.bastion.ledger.Samples.SHOWN;
import static dev.bastion.ledger.Samples.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.membership.Membership;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.ledger.HostileTexts;
import dev.bastion.ledger.Samples;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commit messages, byte for byte in both directions. */
class CommitMessageTest {
    static final List<String> HOSTILE = HostileTexts.ALL;

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

    private static void assertWrittenAndParsed(LedgerChange change, String expected) {
        assertWrittenAndParsed(LedgerEntry.of(change), expected);
    }

    private static void assertWrittenAndParsed(LedgerEntry entry, String expected) {
        assertThat(CommitMessage.of(entry)).isEqualTo(expected);
        assertThat(CommitMessageParser.read(expected)).contains(entry);
    }

    @Test
    void opening() {
        assertWrittenAndParsed(open(PROD, "INC-12 slow query on orders"), """
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
        assertWrittenAndParsed(open(DEV, "").shownIn(Optional.empty()), """
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

    private static LedgerChange.Open openThroughTheApi() {
        AccessRequest request = new AccessRequest(
                REQUEST,
                new Person(Person.machineId("deploys"), "deploys"),
                PROD,
                Optional.empty(),
                Reason.of("INC-12"),
                false,
                Optional.empty(),
                NOON,
                Optional.of(new AccessRequest.Origin("https://token.actions.githubusercontent.com")));
        return new LedgerChange.Open(request, NOON, TWO, Optional.empty());
    }

    @Test
    void openingForAMachineThatAskedThroughTheApi() {
        assertWrittenAndParsed(openThroughTheApi(), """
                bastion(prod/orders): open for deploys until 2026-01-15T14:00:00Z

                deploys asked for prod/orders for 2h: "INC-12"

                Bastion-Action: open
                Bastion-Environment: prod/orders
                Bastion-Request-Id: 01JHR7Z9C0V6T1
                Requested-By: deploys <machine.deploys>
                Requested-From: api https://token.actions.githubusercontent.com
                Reason: INC-12
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T14:00:00Z
                """);
    }

    @Test
    void anExtensionAndAnEndThroughTheApiDifferFromSlacksInTheirOriginAlone() {
        Optional<AccessRequest.Origin> api = Optional.of(new AccessRequest.Origin("https://login.example.com"));
        LedgerChange.Extend extension = Samples.extend(grant(), Duration.ofHours(1));
        assertOrigin(
                extension,
                new LedgerChange.Extend(extension.from(), extension.newEnd(), extension.by(), extension.at(), api));
        assertOrigin(
                Samples.end(grant(), JANE),
                new LedgerChange.Close(grant(), new End.EndedBy(JANE, api), NOON.plusSeconds(120)));
    }

    private static void assertOrigin(LedgerChange fromSlack, LedgerChange throughTheApi) {
        String message = CommitMessage.of(LedgerEntry.of(throughTheApi));
        LedgerEntry read = CommitMessageParser.read(message).orElseThrow();
        assertThat(read).isEqualTo(LedgerEntry.of(throughTheApi));
        assertThat(read.end()).isEqualTo(LedgerEntry.of(throughTheApi).end());
        String origin = "Requested-From: api https://login.example.com\n";
        assertThat(message).containsOnlyOnce("<U12345678>\n" + origin);
        assertThat(message.replace(origin, "")).isEqualTo(CommitMessage.of(LedgerEntry.of(fromSlack)));
    }

    /** The trailer is the only difference, and a version that does not know it reads the rest. */
    @Test
    void aRequestDiffersFromSlacksInItsOriginAlone() {
        String message = CommitMessage.of(LedgerEntry.of(openThroughTheApi()));
        String fromSlack = message.replaceFirst("(?m)^Requested-From: .*\n", "");
        assertThat(CommitMessageParser.read(fromSlack).map(CommitMessage::of)).contains(fromSlack);
        assertThat(fromSlack).isNotEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"terminal john", "api", "apihttps://a.example"})
    void anOriginOfALaterVersionIsNotRead(String origin) {
        String message = CommitMessage.of(LedgerEntry.of(openThroughTheApi()))
                .replace("api https://token.actions.githubusercontent.com", origin);
        LedgerEntry read = CommitMessageParser.read(message).orElseThrow();
        assertThat(read.origin()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "login.example.com",
                "https://a.example\nBastion-Action: end",
                "https://a.example b",
                "https://a.example/<U1>",
                "https://bücher.example",
                "javascript:x"
            })
    void anOriginIsAnAddressOnOneLine(String issuer) {
        assertThatThrownBy(() -> new AccessRequest.Origin(issuer)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void extending() {
        assertWrittenAndParsed(Samples.extend(grant(), Duration.ofHours(1)), """
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
    void ending() {
        assertWrittenAndParsed(Samples.end(grant(), JANE), """
                bastion(prod/orders): end access of john.doe

                jane.roe ended john.doe's access to prod/orders, which was open until 2026-01-15T14:00:00Z

                Bastion-Action: end
                Bastion-Environment: prod/orders
                Bastion-Request-Id: 01JHR7Z9C0V6T1
                Requested-By: john.doe <U12345678>
                Ended-By: jane.roe <U87654321>
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T14:00:00Z
                Ended-At: 2026-01-15T12:02:00Z
                Reverts: 0123456789abcdef0123456789abcdef01234567
                Slack-Message: C0123ABC/1736937000.000100
                """);
    }

    @Test
    void endingBecauseOfTheHoldersAccount() {
        assertWrittenAndParsed(endedBecause(InactiveAccount.DEACTIVATED), """
                bastion(prod/orders): end access of john.doe

                bastion ended john.doe's access to prod/orders, which was open until 2026-01-15T14:00:00Z; \
                their Slack account is deactivated

                Bastion-Action: end
                Bastion-Environment: prod/orders
                Bastion-Request-Id: 01JHR7Z9C0V6T1
                Requested-By: john.doe <U12345678>
                Ended-By: bastion <bastion>
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T14:00:00Z
                Ended-At: 2026-01-15T12:02:00Z
                Ended-Because: account-deactivated
                Reverts: 0123456789abcdef0123456789abcdef01234567
                Slack-Message: C0123ABC/1736937000.000100
                """);
    }

    private static LedgerChange endedBecause(InactiveAccount why) {
        return new LedgerChange.Close(grant(), new End.HolderInactive(why), NOON.plusSeconds(120));
    }

    /** A version that does not know the trailer, or its value, reads an end by the service. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Ended-Because: account-on-holiday\n"})
    void aCauseOfAnotherVersionIsAnEndByTheService(String cause) {
        String message = CommitMessage.of(LedgerEntry.of(endedBecause(InactiveAccount.GUEST)))
                .replace("Ended-Because: account-guest\n", cause);
        assertThat(CommitMessageParser.read(message).flatMap(LedgerEntry::end)).contains(new End.Unapproved());
    }

    /** A person who ends a grant ends it, whatever else the message says. */
    @Test
    void aCauseBesideAPersonMeansNothing() {
        String message = CommitMessage.of(LedgerEntry.of(endedBecause(InactiveAccount.GUEST)))
                .replace("Ended-By: bastion <bastion>", "Ended-By: jane.roe <U87654321>");
        assertThat(CommitMessageParser.read(message).flatMap(LedgerEntry::end)).contains(new End.EndedBy(JANE));
    }

    @Test
    void anEndWrittenAsRevokeIsRead() {
        LedgerEntry entry = LedgerEntry.of(Samples.end(grant(), JANE));
        String older = CommitMessage.of(entry)
                .replace("): end access", "): revoke access")
                .replace("Bastion-Action: end", "Bastion-Action: revoke")
                .replace("Ended-By: ", "Revoked-By: ");
        assertThat(CommitMessageParser.read(older)).contains(entry);
    }

    @Test
    void expiring() {
        assertWrittenAndParsed(Samples.expire(grant()), """
                bastion(prod/orders): expire access of john.doe

                john.doe's access to prod/orders expired at 2026-01-15T14:00:00Z

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

    private static Proposal proposal(ProposedChange change) {
        return new Proposal(
                change, 42, URI.create("https://github.com/acme/environments/pull/42"), OPENED, Optional.of(SHOWN));
    }

    private static ApprovalBasis.Approved approved(String duration) {
        return new ApprovalBasis.Approved(
                List.of(
                        new Approval(JANE, "janeroe", 42, 987, NOON.plusSeconds(60)),
                        new Approval(SAM, "sam-low_acme", 42, 988, NOON.plusSeconds(90))),
                GrantDuration.parse(duration),
                NOON.plusSeconds(100));
    }

    /** A reader of an older version skips the key, and reads the rest of the entry. */
    @Test
    void anApprovalInSlackHasAKeyOfItsOwn() {
        ApprovalBasis.Approved approved = new ApprovalBasis.Approved(
                List.of(
                        new Approval(JANE, "janeroe", 42, 987, NOON.plusSeconds(60)),
                        Approval.inSlack(SAM, 42, NOON.plusSeconds(90))),
                GrantDuration.parse("3h"),
                NOON.plusSeconds(100));
        LedgerEntry entry = LedgerEntry.of(proposal(Samples.proposal(PROD, "one", "INC-12")), approved);
        String message = CommitMessage.of(entry);
        assertThat(message).contains("; approved by jane.roe, sam.low at ").contains("""
                        Approved-By: jane.roe <U87654321> (janeroe) PR #42 review 987 at 2026-01-15T12:01:00Z
                        Approved-In-Slack: sam.low <U55555555> PR #42 at 2026-01-15T12:01:30Z
                        """);
        assertThat(CommitMessageParser.read(message)).contains(entry);
    }

    /** Two kinds of entry have the action "approve": before access, and after break-glass access. */
    @Test
    void neitherApprovalIsReadAsTheOther() {
        Observation.Subject subject = new Observation.Subject(PROD, RequestId.derivedFrom("one"), JOHN);
        Observation.PullRequest unknown = new Observation.PullRequest(Optional.empty(), Optional.empty());
        String before = ObservationMessage.of(new Observation.Approved(subject, NOON, JANE, OPENED, unknown));
        assertThat(CommitMessageParser.read(before)).isEmpty();
        String after = CommitMessage.of(LedgerEntry.of(new LedgerChange.Approve(grant(), JANE, NOON)));
        assertThat(CommitMessageParser.read(after)).isPresent();
        assertThat(ObservationMessageParser.read(after)).isEmpty();
    }

    @Test
    void openingAnApprovedRequest() {
        LedgerEntry entry =
                LedgerEntry.of(proposal(Samples.proposal(PROD, "one", "INC-12 slow query on orders")), approved("3h"));
        assertWrittenAndParsed(entry, """
                bastion(prod/orders): open for john.doe until 2026-01-15T16:00:00Z

                john.doe asked for prod/orders for 3h: "INC-12 slow query on orders"; approved by jane.roe, sam.low at \
                2026-01-15T12:01:40Z

                Bastion-Action: open
                Bastion-Environment: prod/orders
                Bastion-Request-Id: %s
                Requested-By: john.doe <U12345678>
                Reason: INC-12 slow query on orders
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T16:00:00Z
                Duration: 3h
                Approved-By: jane.roe <U87654321> (janeroe) PR #42 review 987 at 2026-01-15T12:01:00Z
                Approved-By: sam.low <U55555555> (sam-low_acme) PR #42 review 988 at 2026-01-15T12:01:30Z
                Approved-At: 2026-01-15T12:01:40Z
                Proposed-In: https://github.com/acme/environments/pull/42
                Slack-Message: C0123ABC/1736937000.000100
                """.formatted(RequestId.derivedFrom("one")));
    }

    @Test
    void extendingAnApprovedGrant() {
        ProposedChange change = new ProposedChange.Extension(
                RequestId.derivedFrom("two"), grant(), TWO.plusSeconds(3600), JOHN, NOON, TWO);
        assertWrittenAndParsed(LedgerEntry.of(proposal(change), approved("3h")), """
                bastion(prod/orders): extend for john.doe until 2026-01-15T15:00:00Z

                john.doe moved the end of john.doe's access to prod/orders to 2026-01-15T15:00:00Z; approved by \
                jane.roe, sam.low at 2026-01-15T12:01:40Z

                Bastion-Action: extend
                Bastion-Environment: prod/orders
                Bastion-Request-Id: 01JHR7Z9C0V6T1
                Requested-By: john.doe <U12345678>
                Extended-By: john.doe <U12345678>
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T15:00:00Z
                Duration: 3h
                Approved-By: jane.roe <U87654321> (janeroe) PR #42 review 987 at 2026-01-15T12:01:00Z
                Approved-By: sam.low <U55555555> (sam-low_acme) PR #42 review 988 at 2026-01-15T12:01:30Z
                Approved-At: 2026-01-15T12:01:40Z
                Proposed-In: https://github.com/acme/environments/pull/42
                """);
    }

    @Test
    void startingTheClock() {
        assertWrittenAndParsed(new LedgerChange.Start(grant(), NOON.plusSeconds(100), TWO), """
                bastion(prod/orders): start the clock of john.doe, until 2026-01-15T14:00:00Z

                john.doe's access to prod/orders began when it was approved, at 2026-01-15T12:01:40Z

                Bastion-Action: start
                Bastion-Environment: prod/orders
                Bastion-Request-Id: 01JHR7Z9C0V6T1
                Requested-By: john.doe <U12345678>
                Created-At: 2026-01-15T12:01:40Z
                Expires-At: 2026-01-15T14:00:00Z
                Slack-Message: C0123ABC/1736937000.000100
                """);
    }

    @Test
    void startingWithTheApprovalsThatWereFound() {
        ApprovalBasis.Approved unsigned = approved("3h");
        ApprovalBasis.Approved found = new ApprovalBasis.Approved(
                unsigned.approvals(), unsigned.duration(), unsigned.at(), Optional.of(OPENED));
        assertWrittenAndParsed(
                new LedgerChange.Start(grant(), NOON.plusSeconds(100), TWO, Optional.of(found)), """
                bastion(prod/orders): start the clock of john.doe, until 2026-01-15T14:00:00Z

                john.doe's access to prod/orders began at 2026-01-15T12:01:40Z; approved by jane.roe, sam.low at 2026-01-15T12:01:40Z

                Bastion-Action: start
                Bastion-Environment: prod/orders
                Bastion-Request-Id: 01JHR7Z9C0V6T1
                Requested-By: john.doe <U12345678>
                Created-At: 2026-01-15T12:01:40Z
                Expires-At: 2026-01-15T14:00:00Z
                Duration: 3h
                Approved-By: jane.roe <U87654321> (janeroe) PR #42 review 987 at 2026-01-15T12:01:00Z
                Approved-By: sam.low <U55555555> (sam-low_acme) PR #42 review 988 at 2026-01-15T12:01:30Z
                Approved-At: 2026-01-15T12:01:40Z
                Approved-Head: %s
                Slack-Message: C0123ABC/1736937000.000100
                """.formatted(OPENED));
    }

    private static final ExternalAudience ON_CALL = ExternalAudience.parse("oncall:PABC123");
    private static final ExternalAudience TEAM = ExternalAudience.parse("github-team:acme/dba");

    @Test
    void whoWasLetThroughByAnExternalAudienceIsRecorded() {
        Membership jane = new Membership(ON_CALL, "PXYZ987", NOON.plusSeconds(70));
        Membership john = new Membership(TEAM, "johndoe", NOON.plusSeconds(80));
        ApprovalBasis.Approved found = new ApprovalBasis.Approved(
                List.of(new Approval(JANE, "janeroe", 42, 987, NOON.plusSeconds(60)).by(List.of(jane))),
                GrantDuration.parse("3h"),
                NOON.plusSeconds(100),
                Optional.of(OPENED));
        LedgerEntry entry = LedgerEntry.of(
                new LedgerChange.Start(grant(), NOON.plusSeconds(100), TWO, Optional.of(found), List.of(john)));
        String message = CommitMessage.of(entry);
        assertThat(message).contains("\nApproved-Head: " + OPENED + "\n" + """
                Audience-Member: john.doe <U12345678> in github-team:acme/dba as johndoe at 2026-01-15T12:01:20Z
                Audience-Member: jane.roe <U87654321> in oncall:PABC123 as PXYZ987 at 2026-01-15T12:01:10Z
                """);
        assertThat(CommitMessageParser.read(message)).contains(entry);
        LedgerEntry unsigned = entry.unsigned();
        assertThat(unsigned.memberships()).isEmpty();
        assertThat(unsigned.approvalBasis()).isEqualTo(new ApprovalBasis.ByPolicy());
        LedgerEntry approval =
                LedgerEntry.of(new LedgerChange.Approve(grant(), JANE, NOON.plusSeconds(600), List.of(jane)));
        assertThat(CommitMessageParser.read(CommitMessage.of(approval))).contains(approval);
        assertThat(approval.unsigned().memberships()).isEmpty();
    }

    @Test
    void anUnsignedMergeRecordsNobodysMembership() {
        Membership jane = new Membership(ON_CALL, "PXYZ987", NOON.plusSeconds(70));
        ApprovalBasis.Approved claimed = new ApprovalBasis.Approved(
                List.of(Approval.inSlack(JANE, 42, NOON.plusSeconds(90)).by(List.of(jane))),
                GrantDuration.parse("3h"),
                NOON.plusSeconds(100));
        LedgerEntry entry = LedgerEntry.of(proposal(Samples.proposal(PROD, "one", "INC-12")), claimed);
        assertThat(CommitMessageParser.read(CommitMessage.of(entry))).contains(entry);
        assertThat(entry.unsigned().approvalBasis())
                .isEqualTo(new ApprovalBasis.Approved(
                        List.of(Approval.inSlack(JANE, 42, NOON.plusSeconds(90))), claimed.duration(), claimed.at()));
    }

    /** A later version may write other forms; the rest of the entry is read all the same. */
    @Test
    void aMembershipThatCannotBeReadIsNone() {
        LedgerEntry entry = LedgerEntry.of(new LedgerChange.Open(openRequest(), NOON, TWO, Optional.empty()));
        String message = CommitMessage.of(entry);
        for (String member : List.of(
                "john.doe <U12345678> in okta:dba as john at 2026-01-15T12:01:10Z",
                "john.doe <U12345678> in github-team:ACME/dba as johndoe at 2026-01-15T12:01:10Z",
                "john.doe <U12345678> in oncall:PABC123 as a.b at 2026-01-15T12:01:10Z",
                "john.doe <U12345678> in oncall:PABC123 as PX at +1000000000-01-01T00:00:00Z",
                "jane.roe <U87654321> in oncall:PABC123 as PX at 2026-01-15T12:01:10Z",
                "yes")) {
            assertThat(CommitMessageParser.read(message + "Audience-Member: " + member + "\n"))
                    .as(member)
                    .contains(entry);
        }
    }

    private static AccessRequest openRequest() {
        return new AccessRequest(REQUEST, JOHN, PROD, Optional.empty(), Reason.of("INC-12"), NOON);
    }

    @Test
    void openingByBreakGlass() {
        AccessRequest request =
                new AccessRequest(REQUEST, JOHN, PROD, Optional.empty(), Reason.of("INC-12 fire"), true, NOON);
        assertWrittenAndParsed(new LedgerChange.Open(request, NOON, TWO, Optional.empty()), """
                bastion(prod/orders): open for john.doe until 2026-01-15T14:00:00Z

                john.doe asked for prod/orders for 2h: "INC-12 fire"; opened by break-glass, without waiting for approval

                Bastion-Action: open
                Bastion-Environment: prod/orders
                Bastion-Request-Id: 01JHR7Z9C0V6T1
                Requested-By: john.doe <U12345678>
                Reason: INC-12 fire
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T14:00:00Z
                Break-Glass: yes
                """);
    }

    @Test
    void approvingRetroactively() {
        assertWrittenAndParsed(new LedgerChange.Approve(grant(), JANE, NOON.plusSeconds(600)), """
                bastion(prod/orders): approve access of john.doe after the fact

                jane.roe approved john.doe's access to prod/orders after the fact

                Bastion-Action: approve
                Bastion-Environment: prod/orders
                Bastion-Request-Id: 01JHR7Z9C0V6T1
                Requested-By: john.doe <U12345678>
                Approved-By: jane.roe <U87654321> after the fact
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T14:00:00Z
                Slack-Message: C0123ABC/1736937000.000100
                """);
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void aHostileReasonChangesNothingButItsOwnLine(String hostile) {
        LedgerChange.Open change = open(DEV, hostile);
        LedgerEntry entry = LedgerEntry.of(change);
        String text = CommitMessage.of(entry);
        assertThat(CommitMessageParser.read(text)).contains(entry);
        String plain = CommitMessage.of(LedgerEntry.of(open(DEV, "x")));
        assertThat(text.lines().count()).isEqualTo(plain.lines().count());
        assertThat(text.lines().filter(line -> !line.startsWith("Reason: ") && !line.contains("asked for")))
                .containsExactlyElementsOf(plain.lines()
                        .filter(line -> !line.startsWith("Reason: ") && !line.contains("asked for"))
                        .toList());
        assertThat(text).doesNotContainIgnoringCase("[skip ci]").doesNotContainIgnoringCase("skip-checks:");
    }

    @Test
    void aTrailerReplacesControlCharacters() {
        assertThat(new Trailer("Reason", "a\nBastion-Action: expire\u2028[skip ci]\r\n\u202eb").toString())
                .isEqualTo("Reason: a Bastion-Action: expire (skip ci) b");
    }

    @Test
    void aMessageOfAnotherFormIsNoEntry() {
        String text = CommitMessage.of(LedgerEntry.of(open(DEV, "x")));
        assertThat(CommitMessageParser.read(text + "\nthanks to everybody\n")).isEmpty();
        assertThat(CommitMessageParser.read(text + "Bastion-Action: expire\n")).isEmpty();
        assertThat(CommitMessageParser.read(text.replace("Expires-At: 2026-01-15T15:00:00Z", "Expires-At: soon")))
                .isEmpty();
        assertThat(CommitMessageParser.read(text.replace("Environment: dev", "Environment: ../dev")))
                .isEmpty();
        assertThat(CommitMessageParser.read(
                        "Revert \"" + text.lines().findFirst().orElseThrow() + "\"\n\nThis reverts it.\n"))
                .isEmpty();
        assertThat(CommitMessageParser.read("")).isEmpty();
    }

    @Test
    void trailersThatPeopleAddAreIgnored() {
        LedgerEntry entry = LedgerEntry.of(open(DEV, "x"));
        assertThat(CommitMessageParser.read(CommitMessage.of(entry) + "Signed-off-by: Jane <jane@example.com>\n"))
                .contains(entry);
    }
}
