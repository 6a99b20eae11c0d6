package dev.bastion.slack.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.slack.api.model.view.View;
import com.slack.api.util.json.GsonFactory;
import dev.bastion.access.policy.CheckName;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.slack.MemoryLedger;
import dev.bastion.slack.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestModalTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dev/bastion/slack/goldens/form.json");

    @Test
    void looksAsAgreed() throws IOException {
        View form = RequestModal.of(new MemoryLedger("dev", "prod").read(), Samples.JOHN, Optional.empty())
                .orElseThrow();
        String json = new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(GsonFactory.createSnakeCase().toJsonTree(form))
                + "\n";
        if ("write".equals(System.getProperty("goldens"))) {
            Files.writeString(GOLDEN, json);
        }
        assertThat(json).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void moreEnvironmentsThanAMenuHoldsAreCut() {
        String[] many = IntStream.range(0, 150).mapToObj(n -> "env-" + n).toArray(String[]::new);
        View form = RequestModal.of(new MemoryLedger(many).read(), Samples.JOHN, Optional.empty())
                .orElseThrow();
        assertThat(GsonFactory.createSnakeCase().toJson(form).split("\"env-\\d+\"", -1))
                .hasSize(201);
    }

    @Test
    void aRefusalStandsAtTheFieldItIsAbout() {
        assertThat(RequestModal.error(new Decision.Refuse(CheckName.REASON, new Refusal.ReasonRequired(Samples.DEV))))
                .containsOnlyKeys(RequestModal.REASON);
        assertThat(RequestModal.error(new Decision.Refuse(
                        CheckName.REASON,
                        new Refusal.ReasonMismatch(Samples.DEV, "INC-[0-9]+", Optional.of("Name the <@U1> incident.")))))
                .isEqualTo(Map.of(
                        RequestModal.REASON,
                        "dev requires a reason that contains INC-[0-9]+. Name the <@U1> incident."));
        assertThat(RequestModal.error(
                                new Decision.Refuse(CheckName.ENVIRONMENT, new Refusal.AlreadyOpen(Samples.grant())))
                        .get(RequestModal.ENVIRONMENT))
                .isEqualTo(
                        "dev is already open for john.doe until 2026-01-15 13:30 UTC. Ask them, or request it again after that.");
    }
}
