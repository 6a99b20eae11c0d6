package dev.bastion.ledger.entry;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.membership.Membership;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.ObservationKind;
import dev.bastion.access.observation.Session;
import dev.bastion.ledger.Git;
import dev.bastion.ledger.HostileTexts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Messages of observations, byte for byte in both directions, and with texts that try to be more than a value. */
class ObservationMessageTest {
    static final List<String> HOSTILE = HostileTexts.ALL;

    private static final Set<String> KEYS = Set.of(
            "Bastion-Action",
            "Bastion-Environment",
            "Bastion-Request-Id",
            "Requested-By",
            "Observed-At",
            "Instance",
            "Account",
            "Region",
            "Image",
            "After-Opening",
            "Last-Seen-At",
            "Gone-By",
            "Session",
            "Sessions-Total",
            "Complete",
            "Approved-By",
            "Approves-Head",
            "Denied-By",
            "Words",
            "Proposed-In",
            "Proposed-Head",
            "Refused-For");

    private static final Observation.Subject SUBJECT =
            new Observation.Subject(DEV, new RequestId("01JHR7Z9C0V6T1"), JOHN);
    private static final CommitId HEAD = new CommitId("0123456789abcdef0123456789abcdef01234567");
    private static final Observation.PullRequest PROPOSAL = new Observation.PullRequest(
            Optional.of(URI.create("https://github.com/acme/environments/pull/42")), Optional.of(HEAD));
    private static final Instance INSTANCE = new Instance(
            "i-0123456789abcdef0",
            Optional.of("123456789012"),
            Optional.of("eu-west-1"),
            Optional.of("ami-0123456789abcdef0"));

    private static final String START = """
            Bastion-Environment: dev
            Bastion-Request-Id: 01JHR7Z9C0V6T1
            Requested-By: john.doe <U12345678>
            Observed-At: 2026-01-15T12:01:35Z
            """;

    private static final int SEEDS = 300;
    /** What forms are made of. */
    private static final String TRICKY = "\n\r :<>()[]#-\u2028toskip ciGone-By";

    private static final List<String> ODD = List.of(
            "P99999999999D", "PT9223372036854775807S", "9".repeat(400), "-1", "i-\u0000", "http://[", "(", "apply x y");

    @TempDir
    private Path directory;

    private static void assertWrittenAndParsed(Observation observation, String subject, String trailers) {
        String message = ObservationMessage.of(observation);
        assertThat(message).startsWith("bastion(dev): " + subject + "\n\n");
        assertThat(message).endsWith("\n\nBastion-Action: " + observation.kind().word() + "\n" + START + trailers);
        assertThat(ObservationMessageParser.read(message)).contains(observation);
        assertThat(CommitMessageParser.read(message)).isEmpty();
        assertThat(ProposalCommitParser.read(message)).isEmpty();
        assertThat(SigningNotice.isIn(message)).isFalse();
    }

    @Test
    void ready() {
        Observation ready = new Observation.Ready(SUBJECT, NOON.plusSeconds(95), INSTANCE, Duration.ofSeconds(95));
        assertWrittenAndParsed(ready, "ready for john.doe after 1m35s", """
                Instance: i-0123456789abcdef0
                Account: 123456789012
                Region: eu-west-1
                Image: ami-0123456789abcdef0
                After-Opening: PT95S
                """);
    }

    @Test
    void gone() {
        Instant at = NOON.plusSeconds(95);
        URI run = URI.create("https://github.com/acme/environments/actions/runs/7");
        assertGone(at, Optional.of(INSTANCE), new GoneSource.Apply(Optional.of(run)), "apply " + run);
        assertGone(at, Optional.empty(), new GoneSource.Apply(Optional.empty()), "apply");
        assertGone(at, Optional.empty(), new GoneSource.Service(), "service");
        assertGone(at, Optional.empty(), new GoneSource.Unknown(), "unknown");
        assertGone(
                at,
                Optional.of(new Instance("i-1", Optional.empty(), Optional.empty(), Optional.empty())),
                new GoneSource.Platform("Client.InstanceInitiatedShutdown: Instance initiated shutdown"),
                "platform Client.InstanceInitiatedShutdown: Instance initiated shutdown");
    }

    private static void assertGone(Instant at, Optional<Instance> instance, GoneSource source, String by) {
        Observation gone = new Observation.Gone(SUBJECT, at, instance, Optional.of(NOON), source);
        String trailers = instance.map(one -> one.account().isEmpty() ? "Instance: i-1\n" : """
                Instance: i-0123456789abcdef0
                Account: 123456789012
                Region: eu-west-1
                Image: ami-0123456789abcdef0
                """)
                .orElse("");
        assertWrittenAndParsed(
                gone,
                "gone after access of john.doe",
                trailers + "Last-Seen-At: 2026-01-15T12:00:00Z\nGone-By: " + by + "\n");
    }

    @Test
    void sessions() {
        Session ended = new Session(
                "arn:aws:sts::123456789012:assumed-role/Developer/john.doe",
                NOON,
                Optional.of(TWO),
                Optional.of("bastion-dev-port"));
        Session open = new Session("arn:aws:iam::123456789012:user/jane", TWO, Optional.empty(), Optional.empty());
        assertWrittenAndParsed(
                new Observation.Sessions(SUBJECT, NOON.plusSeconds(95), List.of(ended, open), 3, false),
                "sessions in access of john.doe: 3",
                """
                        Session: arn:aws:sts::123456789012:assumed-role/Developer/john.doe from 2026-01-15T12:00:00Z \
                        to 2026-01-15T14:00:00Z document bastion-dev-port
                        Session: arn:aws:iam::123456789012:user/jane from 2026-01-15T14:00:00Z
                        Sessions-Total: 3
                        Complete: no
                        """);
        assertWrittenAndParsed(
                new Observation.Sessions(SUBJECT, NOON.plusSeconds(95), List.of(), 0, true),
                "sessions in access of john.doe: 0",
                "Sessions-Total: 0\nComplete: yes\n");
    }

    @Test
    void approvalInSlack() {
        assertWrittenAndParsed(
                new Observation.Approved(SUBJECT, NOON.plusSeconds(95), JANE, HEAD, PROPOSAL),
                "approve request of john.doe",
                "Approved-By: jane.roe <U87654321> in Slack at 2026-01-15T12:01:35Z\nApproves-Head: " + HEAD
                        + "\nProposed-In: https://github.com/acme/environments/pull/42\nProposed-Head: " + HEAD
                        + "\n");
    }

    @Test
    void approvalInSlackByAnExternalAudience() {
        Membership jane = new Membership(ExternalAudience.parse("slack-group:S0123ABC"), "U87654321", NOON);
        assertWrittenAndParsed(
                new Observation.Approved(SUBJECT, NOON.plusSeconds(95), JANE, HEAD, PROPOSAL, List.of(jane)),
                "approve request of john.doe",
                "Approved-By: jane.roe <U87654321> in Slack at 2026-01-15T12:01:35Z\n"
                        + "Audience-Member: jane.roe <U87654321> in slack-group:S0123ABC as U87654321 at"
                        + " 2026-01-15T12:00:00Z\nApproves-Head: " + HEAD
                        + "\nProposed-In: https://github.com/acme/environments/pull/42\nProposed-Head: " + HEAD
                        + "\n");
    }

    @Test
    void endsOfARequest() {
        Instant at = NOON.plusSeconds(95);
        String proposal = "Proposed-In: https://github.com/acme/environments/pull/42\nProposed-Head: " + HEAD + "\n";
        assertWrittenAndParsed(
                new Observation.Denied(SUBJECT, at, Optional.of(JANE), "janeroe", "not before Monday", PROPOSAL),
                "deny request of john.doe",
                "Denied-By: jane.roe <U87654321> (janeroe)\nWords: not before Monday\n" + proposal);
        assertWrittenAndParsed(
                new Observation.Denied(SUBJECT, at, Optional.empty(), "jane_acme", "", PROPOSAL),
                "deny request of john.doe",
                "Denied-By: (jane_acme)\n" + proposal);
        assertWrittenAndParsed(
                new Observation.Denied(SUBJECT, at, Optional.empty(), "", "", PROPOSAL),
                "deny request of john.doe",
                proposal);
        assertWrittenAndParsed(new Observation.Lapsed(SUBJECT, at, PROPOSAL), "lapse of request of john.doe", proposal);
        assertWrittenAndParsed(
                new Observation.Withdrawn(SUBJECT, at, new Observation.PullRequest(Optional.empty(), Optional.empty())),
                "withdraw request of john.doe",
                "");
        assertWrittenAndParsed(
                new Observation.Refused(SUBJECT, at, "You're not allowed to request dev.", Optional.empty()),
                "refuse request of john.doe",
                "Refused-For: You're not allowed to request dev.\n");
        assertWrittenAndParsed(
                new Observation.Refused(SUBJECT, at, "The policy changed.", Optional.of(PROPOSAL)),
                "refuse request of john.doe",
                "Refused-For: The policy changed.\n" + proposal);
    }

    @Test
    void anIncompleteMessageIsNoObservation() {
        String message = ObservationMessage.of(new Observation.Sessions(SUBJECT, NOON, List.of(), 0, true));
        for (String line : message.split("\n\n", 3)[2].split("\n")) {
            assertThat(ObservationMessageParser.read(message.replace(line + "\n", "")))
                    .as("without %s", line)
                    .isEmpty();
            assertThat(ObservationMessageParser.read(message + line + "\n"))
                    .as("twice %s", line)
                    .isEmpty();
        }
        for (String other : List.of("Complete: maybe", "Sessions-Total: -1", "Observed-At: soon")) {
            String key = other.substring(0, other.indexOf(':'));
            assertThat(ObservationMessageParser.read(message.replaceAll(key + ": .*", other)))
                    .isEmpty();
        }
        assertThat(ObservationMessageParser.read("Revert \"x\"\n\nThis reverts it.\n"))
                .isEmpty();
    }

    /** Every text that others say, hostile, in every place: the trailers stay those of the kind, and git agrees. */
    @ParameterizedTest
    @FieldSource("HOSTILE")
    void aHostileTextAddsNoTrailer(String hostile) {
        List<String> texts = List.of(
                hostile, hostile.repeat(20), "x\n\n" + hostile, hostile + "\nGone-By: service", "(" + hostile + ")");
        for (String text : texts) {
            allWith(text).forEach(this::assertHarmless);
        }
    }

    @Test
    void anyTextReadsAsItWasWritten() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int[] points = random.ints(random.nextInt(700), 0, Character.MAX_CODE_POINT + 1)
                    .map(point -> random.nextInt(4) == 0 ? point : TRICKY.charAt(point % TRICKY.length()))
                    .toArray();
            for (Observation observation : allWith(new String(points, 0, points.length))) {
                assertThat(ObservationMessageParser.read(ObservationMessage.of(observation)))
                        .as("seed %d", seed)
                        .contains(observation);
            }
        }
    }

    /** Reading is total: a message that anyone wrote gives an observation that can be written again, or none. */
    @Test
    void anyMessageIsReadOrIgnored() {
        int read = 0;
        for (long seed = 0; seed < 5 * SEEDS; seed++) {
            Random random = new Random(seed);
            List<Observation> all = allWith("x");
            StringBuilder message = new StringBuilder();
            ObservationMessage.of(all.get(random.nextInt(all.size()))).lines().forEach(line -> {
                boolean isOdd = random.nextInt(8) == 0 && line.contains(": ");
                message.append(
                                isOdd
                                        ? line.substring(0, line.indexOf(':') + 2) + ODD.get(random.nextInt(ODD.size()))
                                        : line)
                        .append('\n');
            });
            Optional<Observation> observation = ObservationMessageParser.read(message.toString());
            observation.ifPresent(one -> assertThat(ObservationMessageParser.read(ObservationMessage.of(one)))
                    .contains(one));
            read += observation.isPresent() ? 1 : 0;
        }
        assertThat(read).isBetween(SEEDS / 2, 5 * SEEDS);
    }

    private void assertHarmless(Observation observation) {
        String message = ObservationMessage.of(observation);
        assertThat(ObservationMessageParser.read(message)).contains(observation);
        assertThat(CommitMessageParser.read(message)).isEmpty();
        assertThat(message)
                .hasSizeLessThan(20_000)
                .doesNotContainIgnoringCase("[skip ci]")
                .doesNotContainIgnoringCase("skip-checks:");
        String parsed = Trailers.parse(message).toString();
        assertThat(parsed.lines().map(line -> line.substring(0, line.indexOf(':'))))
                .isSubsetOf(KEYS)
                .filteredOn(key -> !key.equals("Session"))
                .doesNotHaveDuplicates();
        assertThat(new Git(directory).runWith(message, "interpret-trailers", "--parse", "--no-divider"))
                .isEqualTo(parsed);
    }

    private static List<Observation> allWith(String text) {
        Observation.PullRequest proposal = new Observation.PullRequest(
                Optional.of(URI.create("https://github.example/" + text.replaceAll("[^a-z()\\p{IsHan}-]", ""))),
                Optional.of(HEAD));
        Instance instance = new Instance("i-1", Optional.of(text), Optional.of(text), Optional.of(text));
        Session session = new Session(text, NOON, Optional.of(TWO), Optional.of(text));
        return List.of(
                new Observation.Ready(SUBJECT, NOON, instance, Duration.ofSeconds(-5)),
                new Observation.Gone(
                        SUBJECT, Instant.MAX, Optional.empty(), Optional.empty(), new GoneSource.Platform(text)),
                new Observation.Sessions(SUBJECT, Instant.MIN, Collections.nCopies(30, session), 0, false),
                new Observation.Approved(SUBJECT, Instant.MAX, JANE, HEAD, proposal),
                new Observation.Denied(SUBJECT, NOON, Optional.of(JANE), text, text, proposal),
                new Observation.Denied(SUBJECT, NOON, Optional.empty(), text, text, proposal),
                new Observation.Lapsed(SUBJECT, NOON, proposal),
                new Observation.Refused(SUBJECT, NOON, text, Optional.of(proposal)));
    }

    @Test
    void everyKindButAnApprovalIsAnActionOfItsOwn() {
        for (ObservationKind kind : ObservationKind.values()) {
            assertThat(Action.fromWord(kind.word()).isPresent()).isEqualTo(kind == ObservationKind.APPROVE);
            assertThat(ObservationKind.fromWord(kind.word())).contains(kind);
        }
    }
}
