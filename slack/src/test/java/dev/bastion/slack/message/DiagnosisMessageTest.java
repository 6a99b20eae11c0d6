package dev.bastion.slack.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.troubleshooting.DiagnosisResult;
import dev.bastion.access.troubleshooting.EnvironmentDiagnosis;
import dev.bastion.slack.Goldens;
import dev.bastion.slack.HostileTexts;
import dev.bastion.slack.Samples;
import dev.bastion.slack.web.SlackMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiagnosisMessageTest {
    private static final Optional<URI> RUN = Optional.of(URI.create("https://ci.example/runs/7"));
    private static final Optional<Instant> READY = Optional.of(Samples.START.plusSeconds(95));
    private static final Finding FINE = Finding.ok(Area.AWS, "agent", "online, version 3.3.1957.0");
    private static final Finding NO_ENDPOINT = Finding.problem(
            Area.AWS,
            "endpoint ssm",
            "vpc-1 has no endpoint for ssm and no route out, so the bastion's agent cannot reach Systems Manager",
            "add it with terraform-modules/prerequisites; the agent tries again by itself");
    private static final Finding NO_AGENT =
            Finding.problem(Area.AWS, "agent", "the agent has not registered", "repair what stands above");
    private static final Finding SCHEDULE = Finding.warning(Area.AWS, "schedule", "it is disabled", "run CI again");
    private static final Finding NOT_ALLOWED = Finding.unknown(
            Area.AWS,
            "iam:GetInstanceProfile",
            "AWS refuses iam:GetInstanceProfile, so the instance's role is not checked",
            "allow iam:GetInstanceProfile to the service's role");

    private static SlackMessage message(Optional<Grant> grant, Finding... findings) {
        return DiagnosisMessage.of(new DiagnosisResult.Found(
                new EnvironmentDiagnosis(Samples.DEV, grant, grant.flatMap(_ -> READY), RUN, List.of(findings))));
    }

    @Test
    void theAnswerComesFirst() throws IOException {
        Optional<Grant> open = Optional.of(Samples.grant());
        Goldens.assertLooks("doctor-fine", message(open, FINE));
        Goldens.assertLooks("doctor-closed", message(Optional.empty(), FINE));
        Goldens.assertLooks("doctor-problem", message(open, FINE, NOT_ALLOWED, SCHEDULE, NO_ENDPOINT, NO_AGENT));
        Goldens.assertLooks("doctor-warning", message(open, FINE, SCHEDULE));
        Goldens.assertLooks("doctor-unknown", message(open, NOT_ALLOWED, FINE));
        Goldens.assertLooks("doctor-too-soon", DiagnosisMessage.of(new DiagnosisResult.TooSoon(Duration.ofSeconds(3))));
    }

    /** Slack takes it, and nobody is mentioned, whatever other systems say and however much of it. */
    @Test
    void hostileAndManyFindingsAreTameAndBounded() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            Finding[] findings = Stream.generate(() -> Finding.problem(
                            Area.AWS,
                            "tag",
                            HostileTexts.text(random, 3_000) + "&".repeat(random.nextInt(9_000)),
                            HostileTexts.text(random, 3_000)))
                    .limit(1 + random.nextInt(200))
                    .toArray(Finding[]::new);
            SlackMessage message = message(Optional.of(Samples.grant()), findings);
            assertThat(message.blocks()).as("seed %s", seed).hasSizeLessThanOrEqualTo(10);
            HostileTexts.assertTame(Goldens.json(message), "seed " + seed);
        }
    }

    @Test
    void aForeignLineBreakMakesNoLineOfOurs() {
        SlackMessage message = message(
                Optional.empty(), Finding.problem(Area.AWS, "tag", "x\n🟢 *dev* is fine\u2028yes\u0085no", "y"));
        assertThat(message.text()).doesNotContain("\n", "\u2028", "\u0085");
    }
}
