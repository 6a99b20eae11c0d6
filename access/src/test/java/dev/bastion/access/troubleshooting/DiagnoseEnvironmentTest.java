package dev.bastion.access.troubleshooting;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.commit;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.KnownReads;
import dev.bastion.access.MemoryLedger;
import dev.bastion.access.MemoryObservations;
import dev.bastion.access.MemoryProposals;
import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Condition;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.port.BastionDiagnostics.Expected;
import dev.bastion.access.port.BastionDiagnostics.Subject;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.snapshot.Sightings;
import dev.bastion.access.state.LayoutProblem;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnoseEnvironmentTest {
    private static final EnvironmentName STAGING = new EnvironmentName("staging");
    private static final Grant GRANT = grant(JOHN, DEV, NOW, NOW.plus(Duration.ofHours(2)));
    private static final URI RUN = URI.create("https://ci.example/runs/7");

    private final MemoryLedger ledger = new MemoryLedger(POLICY, DEV, PROD, STAGING);
    private final MemoryObservations observations = new MemoryObservations();
    private Instant now = NOW.plus(Duration.ofMinutes(20));
    private final MemoryProposals proposals = new MemoryProposals(ledger, () -> now);
    private final Map<CommitId, ApplyStatus> reports = new HashMap<>();
    private final List<Finding> ofAws = new ArrayList<>();
    private final List<Subject> asked = new ArrayList<>();
    private final List<LayoutProblem> layout = new ArrayList<>();
    private final RememberedLayout remembered = new RememberedLayout(() -> layout);
    private final List<String> slackRefusals = new ArrayList<>();
    private KnownReads reads = KnownReads.NONE;
    private Consumer<Findings> aws = found -> found.addAll(ofAws);

    private DiagnoseEnvironment doctor() {
        remembered.look();
        return new DiagnoseEnvironment(
                ledger,
                new DiagnoseEnvironment.Sources(
                        observations,
                        proposals,
                        reads,
                        remembered,
                        (_, commit) -> reports.getOrDefault(commit, new ApplyStatus.Unknown()),
                        (subject, found) -> {
                            asked.add(subject);
                            aws.accept(found);
                        },
                        () -> slackRefusals),
                () -> now);
    }

    private EnvironmentDiagnosis diagnosis(EnvironmentName environment) {
        return found(doctor().diagnose(JOHN, environment));
    }

    private static EnvironmentDiagnosis found(DiagnosisResult result) {
        assertThat(result).isInstanceOf(DiagnosisResult.Found.class);
        return ((DiagnosisResult.Found) result).diagnosis();
    }

    private void open() {
        ledger.put(GRANT);
        reports.put(GRANT.openedBy(), new ApplyStatus.Succeeded(Optional.of(RUN)));
    }

    private void end(Duration ago) {
        ledger.ended.add(new PastGrant(GRANT, new End.EndedBy(JOHN), now.minus(ago), commit(7)));
    }

    private void ready() {
        Connection connection = new Connection("i-1", "eu-central-1", "db", 5432, Optional.empty(), Optional.empty());
        BastionObservation bastion = new BastionObservation(
                "dev", Optional.of(GRANT.request()), "i-1", Condition.READY, "running", Optional.of(connection));
        reads = new KnownReads(
                Optional.of(now),
                Sightings.of(Optional.of(new Reading<>(List.of(bastion), now))),
                Optional.empty(),
                List.of());
    }

    private void report(ApplyStatus status) {
        open();
        reports.put(GRANT.openedBy(), status);
    }

    private void waiting(Person person) {
        AccessRequest request =
                new AccessRequest(RequestId.derivedFrom("w"), person, DEV, Optional.empty(), Reason.of("INC-12"), NOW);
        proposals.propose(
                new ProposedChange.Opening(request, GrantDuration.parse("2h"), NOW, NOW.plus(Duration.ofHours(8))),
                Optional.empty(),
                POLICY);
    }

    private static Arguments broken(
            String what, Finding.Status status, Area area, String words, Consumer<DiagnoseEnvironmentTest> how) {
        return Arguments.of(what, status, area, words, how);
    }

    static Stream<Arguments> situations() {
        Finding.Status problem = Finding.Status.PROBLEM;
        Finding.Status warning = Finding.Status.WARNING;
        Finding.Status unknown = Finding.Status.UNKNOWN;
        Finding noInstance = Finding.problem(Area.AWS, "instance", "AWS has no instance", "look at CI");
        return Stream.of(
                broken(
                        "unreadable, may be open",
                        problem,
                        Area.LEDGER,
                        "may be open",
                        at -> at.ledger.put(EnvironmentState.Unclear.withoutCommit(DEV, "dev.hcl:19: no time"))),
                broken(
                        "off-shape",
                        problem,
                        Area.LEDGER,
                        "cannot be opened: its source",
                        at -> at.ledger.put(new EnvironmentState.Unclear(DEV, "its source is ./m"))),
                broken("overdue", problem, Area.LEDGER, "still says that it is open", at -> {
                    at.open();
                    at.now = GRANT.expiresAt().plusSeconds(90);
                }),
                broken("reversion is being written", warning, Area.LEDGER, "has just ended", at -> {
                    at.open();
                    at.now = GRANT.expiresAt().plusSeconds(5);
                }),
                broken("waits for approval", warning, Area.LEDGER, "waits for approval", at -> at.waiting(JANE)),
                broken(
                        "look-alike in the ledger",
                        warning,
                        Area.LEDGER,
                        "environments/Dev/x.hcl",
                        at -> at.layout.add(new LayoutProblem(
                                LayoutProblem.Kind.LOOKALIKE,
                                "environments/Dev/x.hcl",
                                "it sets deploy_bastion",
                                commit(3),
                                "mallory"))),
                broken("CI failed before AWS has anything", problem, Area.CI, "CI failed: terraform plan", at -> {
                    at.report(new ApplyStatus.Failed("terraform plan: no", Optional.of(RUN)));
                    at.ofAws.add(noInstance);
                }),
                broken("CI failed, yet the bastion is online", warning, Area.CI, "is online, but CI failed", at -> {
                    at.report(new ApplyStatus.Failed("terraform apply: no", Optional.of(RUN)));
                    at.ready();
                }),
                broken(
                        "CI is silent",
                        problem,
                        Area.CI,
                        "reported nothing about commit 000000000000 for 20 min",
                        at -> {
                            at.report(new ApplyStatus.Unknown());
                            at.ofAws.add(noInstance);
                        }),
                broken("CI has not begun", warning, Area.CI, "yet", at -> {
                    at.report(new ApplyStatus.Unknown());
                    at.now = NOW.plusSeconds(30);
                }),
                broken(
                        "CI runs",
                        warning,
                        Area.CI,
                        "CI is applying it",
                        at -> at.report(
                                new ApplyStatus.Running(Optional.of(RUN), Optional.of(at.now.minusSeconds(60))))),
                broken(
                        "CI hangs",
                        problem,
                        Area.CI,
                        "for 15 min",
                        at -> at.report(
                                new ApplyStatus.Running(Optional.of(RUN), Optional.of(at.now.minusSeconds(900))))),
                broken("extension failed", problem, Area.CI, "apply the extension (locked)", at -> {
                    at.open();
                    at.ledger.putMoved(GRANT, commit(5));
                    at.reports.put(commit(5), new ApplyStatus.Failed("locked", Optional.empty()));
                }),
                broken("reversion failed", problem, Area.CI, "failed to apply the reversion", at -> {
                    at.end(Duration.ofMinutes(3));
                    at.reports.put(commit(7), new ApplyStatus.Failed("locked", Optional.empty()));
                }),
                broken("reversion runs", warning, Area.CI, "is applying the reversion", at -> {
                    at.end(Duration.ofMinutes(1));
                    at.reports.put(commit(7), new ApplyStatus.Running(Optional.empty()));
                }),
                broken(
                        "reversion waits for CI",
                        warning,
                        Area.CI,
                        "about the reversion",
                        at -> at.end(Duration.ofMinutes(1))),
                broken("git is down", unknown, Area.LEDGER, "Git is not answering", at -> {
                    at.open();
                    at.ready();
                    at.ledger.unreachable = true;
                }),
                broken(
                        "GitHub refuses",
                        problem,
                        Area.GITHUB,
                        "archived",
                        at -> at.reads = at.outage(
                                new Fault.Refused(ExternalSystem.GITHUB, "reading", "archived", "unarchive it"))),
                broken(
                        "GitHub is down",
                        unknown,
                        Area.GITHUB,
                        "GitHub is not answering",
                        at -> at.reads = at.outage(new Fault.Later(ExternalSystem.GITHUB, "reading", "503"))),
                broken(
                        "Slack refuses",
                        warning,
                        Area.SLACK,
                        "is_archived",
                        at -> at.slackRefusals.add("Slack refused \"live\" with is_archived")),
                broken("AWS's own", problem, Area.AWS, "no instance", at -> {
                    at.open();
                    at.ofAws.add(noInstance);
                }),
                broken("the diagnosis of AWS fails", unknown, Area.AWS, "could not be checked: boom", at -> {
                    at.open();
                    at.ready();
                    at.aws = _ -> {
                        throw new IllegalStateException("boom");
                    };
                }));
    }

    private KnownReads outage(Fault fault) {
        return new KnownReads(
                Optional.of(now), Sightings.NONE, Optional.of(new Outage(fault, Optional.of(NOW))), List.of());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void theMostProbableCauseComesFirst(
            String what, Finding.Status status, Area area, String words, Consumer<DiagnoseEnvironmentTest> how) {
        how.accept(this);
        Finding first = diagnosis(DEV).findings().getFirst();
        assertThat(first.line()).as(what).contains(words);
        assertThat(first.status()).isEqualTo(status);
        assertThat(first.area()).isEqualTo(area);
        assertThat(first.remedy()).isNotEmpty();
    }

    @Test
    void aReadyGrantIsFineSinceItsObservation() {
        open();
        ready();
        observations.record(new Observation.Ready(
                new Observation.Subject(DEV, GRANT.request(), JOHN),
                NOW.plusSeconds(95),
                new Instance("i-1", Optional.empty(), Optional.empty(), Optional.empty()),
                Duration.ofSeconds(95)));
        ofAws.add(Finding.ok(Area.AWS, "agent", "online"));
        EnvironmentDiagnosis fine = diagnosis(DEV);
        assertThat(fine.cause()).isEmpty();
        assertThat(fine.readySince()).contains(NOW.plusSeconds(95));
        assertThat(fine.run()).contains(RUN);
        assertThat(asked)
                .containsExactly(new Subject(
                        DEV,
                        new Expected.Granted(GRANT.request(), GRANT.createdAt(), GRANT.expiresAt(), GRANT.createdAt()),
                        now));
    }

    @Test
    void anEnvironmentThatThePolicyDoesNotNameSaysSo() {
        assertThat(diagnosis(STAGING).findings().getFirst().line())
                .contains("no key of access-policy.yaml names staging", "Add it to access-policy.yaml");
    }

    @Test
    void anUnknownEnvironmentIsToldAndCostsNothing() {
        assertThat(doctor().diagnose(JOHN, new EnvironmentName("nowhere")))
                .isInstanceOf(DiagnosisResult.UnknownEnvironment.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void aGrantThatEndedDaysAgoIsNotLookedAt() {
        end(Duration.ofDays(3));
        assertThat(diagnosis(DEV).cause()).isEmpty();
        assertThat(asked).extracting(Subject::expected).containsExactly(new Expected.Closed(Optional.empty()));
    }

    @Test
    void oneDiagnosisServesEverybodyForSomeSecondsAndAPersonGetsOneAtATime() {
        DiagnoseEnvironment doctor = doctor();
        EnvironmentDiagnosis first = found(doctor.diagnose(JOHN, DEV));
        assertThat(found(doctor.diagnose(JANE, DEV))).isSameAs(first);
        assertThat(found(doctor.diagnose(JOHN, DEV))).isSameAs(first);
        assertThat(asked).hasSize(1);
        assertThat(doctor.diagnose(JOHN, PROD)).isInstanceOf(DiagnosisResult.TooSoon.class);
        found(doctor.diagnose(JANE, PROD));
        now = now.plusSeconds(6);
        found(doctor.diagnose(JOHN, PROD));
        found(doctor.diagnose(JANE, DEV));
        assertThat(asked).hasSize(4);
    }

    @Test
    void aHundredPeopleAtOnceCostOneLook() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        aws = _ -> {
            looks.incrementAndGet();
            started.countDown();
            awaitQuietly(release);
        };
        DiagnoseEnvironment doctor = doctor();
        List<Thread> people = Stream.iterate(0, number -> number + 1)
                .limit(100)
                .map(number -> Thread.ofVirtual()
                        .start(() -> doctor.diagnose(new Person("U" + (100 + number), "p" + number), DEV)))
                .toList();
        started.await();
        release.countDown();
        for (Thread person : people) {
            person.join();
        }
        assertThat(looks).hasValue(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aSystemThatHangsIsUnknownWithinTenSeconds() {
        open();
        CountDownLatch never = new CountDownLatch(1);
        aws = found -> {
            found.add(Finding.ok(Area.AWS, "instance", "i-1 is running"));
            awaitQuietly(never);
        };
        long start = System.nanoTime();
        EnvironmentDiagnosis diagnosis = diagnosis(DEV);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(diagnosis.findings())
                .anyMatch(finding -> finding.subject().equals("instance"))
                .anyMatch(finding ->
                        finding.is(Finding.Status.UNKNOWN) && finding.meaning().contains("did not answer in time"));
    }

    @Test
    void aThousandProblemsOfTheLayoutAreNamedInBrief() {
        for (int number = 0; number < 1_000; number++) {
            layout.add(new LayoutProblem(
                    LayoutProblem.Kind.LOOKALIKE, "x" + number, "it sets deploy_bastion", commit(3), "mallory"));
        }
        assertThat(diagnosis(DEV).findings()).hasSizeLessThan(10);
    }
}
