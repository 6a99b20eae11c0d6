package dev.bastion.app.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.slack.api.model.view.View;
import com.slack.api.util.json.GsonFactory;
import dev.bastion.access.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestFormTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dev/bastion/app/slack/goldens/form.json");

    @Test
    void looksAsAgreed() throws IOException {
        View form = RequestForm.of(new MemoryLedger("dev", "prod").read(), Sample.JOHN)
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
        View form = RequestForm.of(new MemoryLedger(many).read(), Sample.JOHN).orElseThrow();
        assertThat(GsonFactory.createSnakeCase().toJson(form).split("\"env-\\d+\"", -1))
                .hasSize(201);
    }

    @Test
    void aRefusalStandsAtTheFieldItIsAbout() {
        assertThat(RequestForm.error(new Refusal.ReasonRequired(Sample.DEV))).containsOnlyKeys(RequestForm.REASON);
        assertThat(RequestForm.error(new Refusal.AlreadyOpen(Sample.grant())).get(RequestForm.ENVIRONMENT))
                .isEqualTo("dev is already open for john.doe until 2026-01-15 13:30 UTC. Ask them, or ask again then.");
    }
}
