package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.LedgerRemote;
import dev.bastion.app.world.ServiceWorld;
import dev.bastion.sandbox.slack.conversation.Conversation;
import dev.bastion.sandbox.slack.conversation.Message;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A repository with accounts and regions in its paths, names as people write them, aliases, and a channel of its own. */
class OwnLayoutStoryTest {
    private static final String FILE = "live/eu/eu-west-1/Orders_DB.v2/bastion/terragrunt.hcl";
    private static final String TEAM = "C0456DEF";
    private static final String LEDGER = """
        environments:
          - path: live/{account}/{region}/{name}/bastion/terragrunt.hcl
          - path: environments/{name}/bastion/terragrunt.hcl
        accounts:
          eu: {id: "123456789012", regions: [eu-west-1]}
          default: {id: "210987654321", regions: [eu-central-1]}
        aliases: {Orders_DB.v2: [ord]}
        channels: {orders_*: C0456DEF}
        """;

    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    private String inTheTeamsChannel() {
        return world.slack().messages(TEAM).stream().map(Message::readable).collect(Collectors.joining("\n"));
    }

    @Test
    void anEnvironmentIsFoundByItsNameInAnyCaseAndByItsAlias() {
        world.slack()
                .add(new Conversation(
                        TEAM, "orders", false, Set.of("U12345678", world.slack().bot())));
        String closed = LedgerRemote.environmentFile("orders-db-v2");
        world.ledger()
                .push(
                        "Our own layout",
                        Map.of(
                                "ledger.yaml",
                                LEDGER,
                                FILE,
                                closed,
                                "live/root.hcl",
                                "",
                                "environments/access-policy.yaml",
                                LedgerRemote.POLICY + "  'ORDERS_*': {extension_step: 10s}\n"));
        world.ready("bastion");

        world.as("john.doe").command("/bastion", "create ORDERS_DB.V2 40s INC-12 slow query");
        await().until(() -> world.ledger().count("open") == 1);
        assertThat(world.ledger().lastMessage("open"))
                .contains("Bastion-Environment: Orders_DB.v2\n", "Slack-Message: " + TEAM + "/");
        assertThat(world.ledger().content(FILE)).contains("deploy_bastion        = 1");
        await().untilAsserted(() -> assertThat(inTheTeamsChannel()).contains("Orders_DB.v2"));

        world.as("john.doe").command("/bastion", "extend Ord");
        await().until(() -> world.ledger().count("extend") == 1);
        world.as("john.doe").command("/bastion", "status ORD");
        await().untilAsserted(() -> assertThat(world.ephemeralsTo("john.doe")).contains("Orders_DB.v2"));

        await().until(() -> world.ledger().count("expire") == 1);
        assertThat(world.ledger().content(FILE)).isEqualTo(closed);
        assertThat(world.channel())
                .as("the channel of the settings")
                .noneSatisfy(message -> assertThat(message.readable()).contains("Orders_DB.v2"));
    }
}
