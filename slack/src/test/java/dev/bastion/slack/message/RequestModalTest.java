package dev.bastion.slack.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.view.View;
import com.slack.api.util.json.GsonFactory;
import dev.bastion.access.policy.CheckName;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.state.LedgerSnapshot;
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

    /** A menu of Slack's holds a hundred options. */
    @Test
    void aHundredEnvironmentsAreAMenuAndMoreAreSearched() {
        assertThat(form(100)).contains("\"static_select\"", "\"env-99\"").doesNotContain("external_select");
        assertThat(form(101))
                .contains("\"external_select\"", "Search 101 environments")
                .doesNotContain("\"env-1\"");
    }

    private static String form(int environments) {
        View form = RequestModal.of(new MemoryLedger(names(environments)).read(), Samples.JOHN, Optional.empty())
                .orElseThrow();
        return GsonFactory.createSnakeCase().toJson(form);
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(n -> "env-" + n).toArray(String[]::new);
    }

    @Test
    void aSearchFindsWhatContainsTheWordAndFirstWhatBeginsWithIt() {
        LedgerSnapshot snapshot = new MemoryLedger("dev", "prod/orders", "orders/eu", "x-orders").read();
        assertThat(EnvironmentSelect.suggestions(snapshot, Samples.JOHN, " Orders"))
                .extracting(OptionObject::getValue)
                .containsExactly("orders/eu", "prod/orders", "x-orders");
        assertThat(EnvironmentSelect.suggestions(snapshot, Samples.JOHN, "nothing"))
                .isEmpty();
        assertThat(EnvironmentSelect.suggestions(new MemoryLedger(names(500)).read(), Samples.JOHN, ""))
                .hasSize(100);
    }

    @Test
    void aRefusalStandsAtTheFieldItIsAbout() {
        assertThat(RequestModal.error(
                        new Decision.Refuse(CheckName.REASON, new Refusal.ReasonRequired(Samples.DEV)), Samples.JANE))
                .containsOnlyKeys(RequestModal.REASON);
        assertThat(RequestModal.error(
                        new Decision.Refuse(
                                CheckName.REASON,
                                new Refusal.ReasonMismatch(
                                        Samples.DEV, "INC-[0-9]+", Optional.of("Name the <@U1> incident."))),
                        Samples.JANE))
                .isEqualTo(Map.of(
                        RequestModal.REASON,
                        "dev requires a reason that contains INC-[0-9]+. Name the <@U1> incident."));
        assertThat(RequestModal.error(
                                new Decision.Refuse(CheckName.ENVIRONMENT, new Refusal.AlreadyOpen(Samples.grant())),
                                Samples.JANE)
                        .get(RequestModal.ENVIRONMENT))
                .isEqualTo(
                        "dev is already open for john.doe until 2026-01-15 13:30 UTC. Ask them, or request it again after that.");
    }
}
