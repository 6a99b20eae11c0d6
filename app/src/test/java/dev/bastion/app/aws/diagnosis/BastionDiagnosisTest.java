package dev.bastion.app.aws.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.BastionDiagnostics.Expected;
import dev.bastion.access.port.BastionDiagnostics.Subject;
import dev.bastion.app.world.SmallAws;
import dev.bastion.app.world.SmallNetwork;
import dev.bastion.app.world.SmallNetwork.Endpoint;
import dev.bastion.app.world.SmallNetwork.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class BastionDiagnosisTest {
    private static final RequestId REQUEST = new RequestId("01JHR7Z9C0V6T1XK");
    private static final Instant OPENED = Instant.parse("2026-01-15T10:00:00Z");
    private static final Instant NOW = OPENED.plus(Duration.ofMinutes(30));
    private static final Instant END = OPENED.plus(Duration.ofHours(2));
    private static final Expected GRANTED = new Expected.Granted(REQUEST, OPENED, END, OPENED);
    private static final Expected CLOSED = new Expected.Closed(Optional.empty());
    private static final String ID = "i-0123456789abcdef0";

    private final SmallAws aws = new SmallAws();
    private final SmallNetwork network = aws.network();
    private final BastionDiagnosis diagnosis = new BastionDiagnosis(
            "eu-central-1",
            Optional.of(aws.endpoint()),
            Optional.of("github.com/acme/infrastructure"),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));

    @BeforeEach
    void healthy() {
        put(ID, "running", Map.of());
        network.schedule(END.plus(Duration.ofMinutes(5)), ID, "ENABLED");
    }

    @AfterEach
    void stop() {
        diagnosis.close();
        aws.close();
    }

    /** Tags replace the module's; an empty one is left out. */
    private void put(String id, String state, Map<String, String> tags) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "ManagedBy", "bastion",
                "Environment", "dev",
                "RequestId", REQUEST.value(),
                "Ledger", "github.com/acme/infrastructure",
                "Name", "bastion-orders-dev",
                "ExpiresAt", END.toString(),
                "Database", "db.internal:5432"));
        all.putAll(tags);
        all.values().removeIf(String::isEmpty);
        aws.put(new SmallAws.Bastion(id, state, true, all, ""));
    }

    private List<Finding> findings(Expected expected) {
        return findings(expected, NOW);
    }

    private List<Finding> findings(Expected expected, Instant now) {
        Findings found = new Findings();
        diagnosis.examine(new Subject(new EnvironmentName("dev"), expected, now), found);
        return found.all();
    }

    /** The gravest finding, the first of its kind: what a person reads first. */
    private static Finding first(List<Finding> findings) {
        return findings.stream().min(Comparator.comparingInt(Finding::gravity)).orElseThrow();
    }

    @Test
    void aHealthyBastionHasOnlyGoodFindings() {
        assertThat(findings(GRANTED)).allMatch(finding -> finding.is(Finding.Status.OK));
        assertThat(findings(GRANTED))
                .extracting(Finding::subject)
                .containsExactly(
                        "instance",
                        "status checks",
                        "role",
                        "way to Systems Manager",
                        "agent",
                        "way to the database",
                        "tag ExpiresAt",
                        "schedule");
    }

    private static Arguments broken(
            String what, Finding.Status status, String subject, String words, Consumer<BastionDiagnosisTest> how) {
        return Arguments.of(what, status, subject, words, how);
    }

    static Stream<Arguments> situations() {
        Finding.Status problem = Finding.Status.PROBLEM;
        Finding.Status warning = Finding.Status.WARNING;
        return Stream.of(
                broken(
                        "no instance",
                        problem,
                        "instance",
                        "30 min after access was granted",
                        at -> at.aws.terminate(ID)),
                broken("stopped", problem, "instance", "is stopped", at -> at.put(ID, "stopped", Map.of())),
                broken("ended by itself", problem, "instance", "instance initiated shutdown", at -> {
                    at.put(ID, "shutting-down", Map.of());
                    at.network.stateReason.set("Client.InstanceInitiatedShutdown: instance initiated shutdown");
                }),
                broken(
                        "never runs",
                        problem,
                        "instance",
                        "has been starting for 30 min",
                        at -> at.put(ID, "pending", Map.of())),
                broken("starts now", warning, "instance", "is starting", at -> {
                    at.put(ID, "pending", Map.of());
                    at.network.launched.set(NOW.minusSeconds(20));
                }),
                broken(
                        "host impaired",
                        problem,
                        "status checks",
                        "system check",
                        at -> at.network.systemStatus.set("impaired")),
                broken(
                        "instance impaired",
                        problem,
                        "status checks",
                        "instance check",
                        at -> at.network.instanceStatus.set("impaired")),
                broken(
                        "retirement",
                        warning,
                        "scheduled event",
                        "instance-retirement",
                        at -> at.network.event.set(
                                "<item><code>instance-retirement</code><description>soon</description></item>")),
                broken("no profile", problem, "role", "has no instance profile", at -> at.network.profile.set("")),
                broken("profile gone", problem, "role", "was deleted", at -> at.network.role.set("-")),
                broken("profile without role", problem, "role", "has no role", at -> at.network.role.set("")),
                broken("no endpoints, no route", problem, "endpoint ssm", "no route out", at -> {
                    at.network.endpoints.clear();
                    at.offline();
                }),
                broken(
                        "no endpoint of messages",
                        problem,
                        "endpoint ssmmessages",
                        "no endpoint for ssmmessages",
                        at -> at.network.endpoints.removeIf(one -> one.service().equals("ssmmessages"))),
                broken("endpoint pending", problem, "endpoint ssmmessages", "is pending", at -> {
                    at.network.endpoints.removeIf(one -> one.service().equals("ssmmessages"));
                    at.network.endpoints.add(new Endpoint("ssmmessages", "pending", true));
                }),
                broken("private DNS off", problem, "endpoint ssm", "private DNS off", at -> {
                    at.network.endpoints.removeIf(one -> one.service().equals("ssm"));
                    at.network.endpoints.add(new Endpoint("ssm", "available", false));
                    at.offline();
                }),
                broken("endpoint does not admit", problem, "endpoint ssm", "do not let the bastion in", at -> {
                    at.network.rules.remove(new Rule(SmallNetwork.ENDPOINTS, false, 443, SmallNetwork.BASTION));
                    at.offline();
                }),
                broken(
                        "nothing goes out to endpoints",
                        problem,
                        "endpoint ssmmessages",
                        "lets nothing out",
                        at -> at.network.rules.remove(
                                new Rule(SmallNetwork.BASTION, true, 443, SmallNetwork.ENDPOINTS))),
                broken("gateway gone", problem, "endpoint ssmmessages", "a gateway that is gone", at -> {
                    at.network.endpoints.clear();
                    at.network.routes.add("<destinationCidrBlock>0.0.0.0/0</destinationCidrBlock>"
                            + "<natGatewayId>nat-1</natGatewayId><state>blackhole</state>");
                }),
                broken("NAT without egress", problem, "endpoint ssmmessages", "port 443 of the internet", at -> {
                    at.network.endpoints.clear();
                    at.nat();
                }),
                broken("internet gateway is no way", problem, "endpoint ssmmessages", "no route out", at -> {
                    at.network.endpoints.clear();
                    at.network.routes.add("<destinationCidrBlock>0.0.0.0/0</destinationCidrBlock>"
                            + "<gatewayId>igw-1</gatewayId><state>active</state>");
                }),
                broken(
                        "agent lost",
                        problem,
                        "agent",
                        "ConnectionLost",
                        at -> at.network.pingStatus.set("ConnectionLost")),
                broken(
                        "agent never registered",
                        problem,
                        "agent",
                        "30 min after the start",
                        BastionDiagnosisTest::offline),
                broken("agent has just started", warning, "agent", "has not registered yet", at -> {
                    at.network.launched.set(NOW.minusSeconds(40));
                    at.offline();
                }),
                broken(
                        "database does not admit",
                        problem,
                        "way to the database",
                        "does not let the bastion in",
                        at -> at.network.rules.remove(
                                new Rule(SmallNetwork.DATABASE, false, 5432, SmallNetwork.BASTION))),
                broken(
                        "nothing goes out to the database",
                        problem,
                        "way to the database",
                        "lets nothing out",
                        at -> at.network.rules.remove(
                                new Rule(SmallNetwork.BASTION, true, 5432, SmallNetwork.DATABASE))),
                broken(
                        "another port",
                        problem,
                        "way to the database",
                        "port 3306",
                        at -> at.put(ID, "running", Map.of("Database", "db.internal:3306"))),
                broken(
                        "no database tag",
                        warning,
                        "way to the database",
                        "no tag Database",
                        at -> at.put(ID, "running", Map.of("Database", ""))),
                broken(
                        "extension not applied",
                        problem,
                        "tag ExpiresAt",
                        "too early",
                        at -> at.put(
                                ID,
                                "running",
                                Map.of("ExpiresAt", OPENED.plusSeconds(3600).toString()))),
                broken(
                        "ends too late",
                        problem,
                        "tag ExpiresAt",
                        "too late",
                        at -> at.put(
                                ID,
                                "running",
                                Map.of("ExpiresAt", END.plusSeconds(3600).toString()))),
                broken(
                        "no end",
                        problem,
                        "tag ExpiresAt",
                        "no tag ExpiresAt",
                        at -> at.put(ID, "running", Map.of("ExpiresAt", ""))),
                broken(
                        "end is no time",
                        problem,
                        "tag ExpiresAt",
                        "which is no time",
                        at -> at.put(ID, "running", Map.of("ExpiresAt", "tomorrow"))),
                broken(
                        "no schedule",
                        warning,
                        "schedule",
                        "has no schedule bastion-orders-dev-end",
                        at -> at.network.schedule.set("")),
                broken(
                        "schedule disabled",
                        warning,
                        "schedule",
                        "is disabled",
                        at -> at.network.schedule(END.plusSeconds(300), ID, "DISABLED")),
                broken(
                        "schedule at another time",
                        warning,
                        "schedule",
                        "asks for rate(10 minutes) from 2026-01-15T12:05:00Z",
                        at -> at.network.schedule(END.plusSeconds(900), ID, "ENABLED")),
                broken(
                        "schedule of an earlier module, which fires once",
                        warning,
                        "schedule",
                        "says at(2026-01-15T12:05:00) from",
                        at -> at.network.schedule.updateAndGet(
                                now -> now.replace("rate(10 minutes)", "at(2026-01-15T12:05:00)"))),
                broken(
                        "schedule of another instance",
                        warning,
                        "schedule",
                        "names another instance",
                        at -> at.network.schedule(END.plusSeconds(300), "i-9", "ENABLED")),
                broken(
                        "another request's instance beside it",
                        problem,
                        "other instances",
                        "i-2",
                        at -> at.put("i-2", "running", Map.of("RequestId", "01JHR7Z9C0V6T1XQ"))));
    }

    private void offline() {
        aws.put(new SmallAws.Bastion(ID, "running", false, tags(), ""));
    }

    private static Map<String, String> tags() {
        return Map.of(
                "ManagedBy", "bastion",
                "Environment", "dev",
                "RequestId", REQUEST.value(),
                "Name", "bastion-orders-dev",
                "ExpiresAt", END.toString(),
                "Database", "db.internal:5432");
    }

    private void nat() {
        network.routes.add("<destinationCidrBlock>0.0.0.0/0</destinationCidrBlock>"
                + "<natGatewayId>nat-1</natGatewayId><state>active</state>");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void theCauseIsTheFirstFinding(
            String what, Finding.Status status, String subject, String words, Consumer<BastionDiagnosisTest> how) {
        how.accept(this);
        Finding first = first(findings(GRANTED));
        assertThat(first.subject()).as(what).isEqualTo(subject);
        assertThat(first.status()).as(first.line()).isEqualTo(status);
        assertThat(first.meaning()).contains(words);
        assertThat(first.remedy()).isNotEmpty();
    }

    @Test
    void aWayThroughANatGatewayNeedsNoEndpoint() {
        network.endpoints.clear();
        nat();
        network.rules.add(new Rule(SmallNetwork.BASTION, true, 443, "0.0.0.0/0"));
        assertThat(findings(GRANTED)).allMatch(finding -> finding.is(Finding.Status.OK));
    }

    @Test
    void endpointsOfAnotherNetworkAreNotJudged() {
        network.endpoints.clear();
        network.routes.add("<destinationCidrBlock>10.0.0.0/8</destinationCidrBlock>"
                + "<transitGatewayId>tgw-1</transitGatewayId><state>active</state>");
        assertThat(first(findings(GRANTED)).status()).isEqualTo(Finding.Status.UNKNOWN);
    }

    @Test
    void rulesByAddressCountWhereTheyHaveTheBastion() {
        network.rules.remove(new Rule(SmallNetwork.DATABASE, false, 5432, SmallNetwork.BASTION));
        network.rules.add(new Rule(SmallNetwork.DATABASE, false, 5432, "10.0.0.0/24"));
        assertThat(findings(GRANTED)).allMatch(finding -> finding.is(Finding.Status.OK));
        network.rules.remove(new Rule(SmallNetwork.DATABASE, false, 5432, "10.0.0.0/24"));
        network.rules.add(new Rule(SmallNetwork.DATABASE, false, 5432, "10.0.1.0/24"));
        assertThat(first(findings(GRANTED)).subject()).isEqualTo("way to the database");
    }

    @Test
    void anInstanceWithoutAGrantIsAProblemAndOneThatIsBeingRemovedIsNot() {
        Finding alone = first(findings(CLOSED));
        assertThat(alone.status()).isEqualTo(Finding.Status.PROBLEM);
        assertThat(alone.meaning()).contains(ID, "without a grant");
        assertThat(first(findings(new Expected.Closed(Optional.of(NOW.minusSeconds(90)))))
                        .status())
                .isEqualTo(Finding.Status.WARNING);
        aws.terminate(ID);
        assertThat(findings(CLOSED)).allMatch(finding -> finding.is(Finding.Status.OK));
    }

    @Test
    void aBastionPastItsEndIsAProblemBeforeItsSchedule() {
        network.schedule.set("");
        Finding late = first(findings(GRANTED, END.plus(Duration.ofMinutes(6))));
        assertThat(late.subject()).isEqualTo("tag ExpiresAt");
        assertThat(late.meaning()).contains("should have ended by itself");
    }

    @Test
    void anExtensionOfTheLastMinutesIsNoProblemYet() {
        put(ID, "running", Map.of("ExpiresAt", END.minusSeconds(3600).toString()));
        Finding tag = first(findings(new Expected.Granted(REQUEST, OPENED, END, NOW.minusSeconds(60))));
        assertThat(tag.status()).isEqualTo(Finding.Status.WARNING);
        assertThat(tag.remedy()).isEqualTo("wait for CI to apply it");
    }

    /** AWS cuts long answers into pages, also short ones. */
    @Test
    void theInstanceOfTheGrantIsFoundBehindManyOthers() {
        aws.terminate(ID);
        for (int number = 100; number < 190; number++) {
            put("i-0" + number, "terminated", Map.of("RequestId", "01JHR7Z9C0V6T1XQ"));
        }
        put("i-9", "running", Map.of());
        assertThat(findings(GRANTED)).anyMatch(finding -> finding.meaning().contains("i-9 is running"));
    }

    @Test
    void aLookWithoutTheLedgerGoesByTheTags() {
        assertThat(findings(new Expected.Unknown())).allMatch(finding -> finding.is(Finding.Status.OK));
        aws.terminate(ID);
        assertThat(first(findings(new Expected.Unknown())).meaning()).contains("no bastion for dev");
    }

    @Test
    void anInstanceOfAnotherLedgerIsLeftOut() {
        put(ID, "running", Map.of("Ledger", "github.com/other/ledger"));
        assertThat(findings(CLOSED)).allMatch(finding -> finding.is(Finding.Status.OK));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void anActionThatIsNotAllowedIsUnknownAndNamed(String action) {
        aws.deny(action.substring(action.indexOf(':') + 1), "AccessDeniedException");
        Finding unknown = first(findings(GRANTED));
        assertThat(unknown.status()).isEqualTo(Finding.Status.UNKNOWN);
        assertThat(unknown.meaning()).contains("AWS refuses " + action);
        assertThat(unknown.remedy()).contains("allow " + action);
    }

    static Stream<String> actions() {
        return Stream.concat(
                DoctorPermissions.ACTIONS.stream(),
                Stream.of("ec2:DescribeInstances", "ssm:DescribeInstanceInformation"));
    }

    @Test
    void anOutageIsUnknown() {
        aws.down(true);
        assertThat(findings(GRANTED)).singleElement().satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(Finding.Status.UNKNOWN);
            assertThat(finding.meaning()).contains("does not answer ec2:DescribeInstances");
        });
    }

    @Test
    void tenThousandRulesAreNotReadAndNotAProblem() {
        network.rules.clear();
        for (int number = 0; number < 10_000; number++) {
            network.rules.add(new Rule(SmallNetwork.BASTION, true, 8_000 + number, SmallNetwork.ENDPOINTS));
        }
        Finding first = first(findings(GRANTED));
        assertThat(first.status()).isEqualTo(Finding.Status.UNKNOWN);
        assertThat(first.meaning()).contains("more rules than are read");
        assertThat(network.calls("DescribeSecurityGroupRules")).isLessThan(10);
    }

    @Test
    void hostileTagsAreOneBoundedLine() {
        String evil = "x\n✅ *dev* is fine <!channel> \u2028\u202e" + "a".repeat(5_000);
        put(ID, "running", Map.of("ExpiresAt", evil, "Name", evil, "Database", evil));
        assertThat(findings(GRANTED)).allSatisfy(finding -> {
            assertThat(finding.line()).doesNotContain("\n", "\u2028", "\u202e").hasSizeLessThan(700);
        });
    }

    @Test
    void manyInstancesOfOtherRequestsAreNamedInBrief() {
        for (int number = 100; number < 190; number++) {
            put("i-" + number, "running", Map.of("RequestId", "01JHR7Z9C0V6T1XQ"));
        }
        assertThat(first(findings(GRANTED)).meaning()).contains("and 87 more").hasSizeLessThan(200);
    }

    /** The module has no action more than the diagnosis needs, and none less. */
    @Test
    void theModuleGivesTheServiceEachOfTheActions() throws Exception {
        String policy = Files.readString(Path.of("../terraform-modules/bastion-orchestrator/iam.tf"));
        DoctorPermissions.ACTIONS.forEach(action -> assertThat(policy).contains("\"" + action + "\""));
    }
}
