package dev.bastion.slack.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Ownership;
import dev.bastion.access.state.StatusReport;
import dev.bastion.access.state.UnexplainedInstance;
import dev.bastion.access.state.UnexplainedInstance.Cause;
import dev.bastion.slack.Goldens;
import dev.bastion.slack.HostileTexts;
import dev.bastion.slack.MemoryLedger;
import dev.bastion.slack.Samples;
import dev.bastion.slack.status.StatusMessages;
import dev.bastion.slack.web.SlackMessage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InventoryMessagesTest {
    static Stream<Arguments> messages() {
        return Stream.concat(
                Stream.of(Cause.values())
                        .map(cause -> Arguments.of(
                                "instances/"
                                        + cause.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                                InventoryMessages.unexplained(found(cause, cause == Cause.CLOSED)))),
                Stream.of(
                        Arguments.of("instances/gone", InventoryMessages.gone(found(Cause.CLOSED, true))),
                        Arguments.of(
                                "instances/termination-refused",
                                InventoryMessages.terminationRefused(
                                        found(Cause.CLOSED, true).bastion(),
                                        "The instance 'i-0123456789abcdef0' may not be terminated.",
                                        "Switch off its termination protection: aws ec2 modify-instance-attribute"
                                                + " --instance-id i-0123456789abcdef0 --no-disable-api-termination.")),
                        Arguments.of(
                                "instances/status",
                                new StatusMessages(new CommitLinks(Optional.empty()))
                                        .status(
                                                new StatusReport(
                                                        List.of(),
                                                        new MemoryLedger()
                                                                .lastSeen()
                                                                .policy(),
                                                        List.of()),
                                                List.of(found(Cause.CLOSED, true))))));
    }

    private static UnexplainedInstance found(Cause cause, boolean isOurs) {
        return found(cause, isOurs, "dev", "its tag Environment says dev, but it has the security group of prod");
    }

    private static UnexplainedInstance found(Cause cause, boolean isOurs, String environment, String why) {
        Optional<String> contradiction = cause == Cause.CONTRADICTORY ? Optional.of(why) : Optional.empty();
        BastionObservation bastion = new BastionObservation(
                environment,
                Optional.of(Samples.REQUEST),
                "i-0123456789abcdef0",
                BastionObservation.Condition.READY,
                "running, agent online",
                Optional.empty(),
                new Ownership(
                        cause != Cause.NOT_TAGGED,
                        isOurs ? Optional.of("github.com/acme/infra") : Optional.empty(),
                        contradiction));
        return new UnexplainedInstance(
                bastion,
                cause,
                Samples.START,
                isOurs ? Optional.of(Samples.START.plusSeconds(1200)) : Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void looksAsAgreed(String name, SlackMessage message) throws IOException {
        Goldens.assertLooks(name, message);
    }

    /** Tags are text that anybody with an AWS account's rights can write. */
    @Test
    void hostileTagsStayText() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            List<Cause> causes = List.of(Cause.values());
            Cause cause = causes.get(random.nextInt(causes.size()));
            UnexplainedInstance found =
                    found(cause, true, HostileTexts.text(random, 256), HostileTexts.text(random, 600));
            HostileTexts.assertTame(Goldens.json(InventoryMessages.unexplained(found)), "seed " + seed);
            HostileTexts.assertTame(
                    Goldens.json(InventoryMessages.terminationRefused(
                            found.bastion(), HostileTexts.text(random, 600), "Terminate it in AWS.")),
                    "seed " + seed);
            assertThat(InventoryMessages.line(found)).hasSizeLessThan(3000);
        }
    }
}
