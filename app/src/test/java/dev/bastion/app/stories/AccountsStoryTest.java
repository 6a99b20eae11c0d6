package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.LedgerRemote;
import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import dev.bastion.app.world.SmallAccounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two environments in two accounts, of which one does not answer for a while. */
class AccountsStoryTest {
    private static final String HUB = "000000000001";
    private static final String TEST_ID = "111111111111";
    private static final String LIVE_ID = "222222222222";
    private static final String LIVE_PLACE = "account live (222222222222, us-east-1)";

    private static final String LEDGER = """
            environments:
              - path: live/{account}/{name}/bastion/terragrunt.hcl
              - path: environments/{name}/bastion/terragrunt.hcl
            accounts:
              default: {id: "000000000001", regions: [eu-west-1]}
              test:
                id: "111111111111"
                regions: [eu-west-1]
                watch_role: arn:aws:iam::111111111111:role/bastion-watch
                external_id: acme
              live:
                id: "222222222222"
                regions: [us-east-1]
                watch_role: arn:aws:iam::222222222222:role/bastion-watch
                external_id: acme
                profile: acme-live
            """;
    private static final String POLICY = """
            defaults: {default_duration: 2h, warn_before_end: 3s, approvers: [group:platform]}
            environments:
              "*": {}
            """;

    private final ServiceWorld world = new ServiceWorld();
    private final SmallAccounts aws = new SmallAccounts(HUB);

    @BeforeAll
    static void setTimeout() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(3));
    }

    @AfterEach
    void stop() {
        aws.close();
        world.close();
    }

    private ServiceProcess start() {
        aws.trust(TEST_ID, "acme");
        aws.trust(LIVE_ID, "acme");
        world.holdCi(); // the world's own, which knows one account
        world.ledger()
                .push(
                        "Two accounts",
                        Map.of(
                                "ledger.yaml",
                                LEDGER,
                                "environments/access-policy.yaml",
                                POLICY,
                                "live/test/orders/bastion/terragrunt.hcl",
                                LedgerRemote.environmentFile("orders"),
                                "live/live/payments/bastion/terragrunt.hcl",
                                LedgerRemote.environmentFile("payments")));
        ServiceProcess service = world.start(
                "bastion",
                Map.of(
                        "BASTION_AWS_ENDPOINT",
                        aws.endpoint().toString(),
                        "BASTION_GRACE_ALARM",
                        "5s",
                        "BASTION_GRACE_APPLY",
                        "20s"));
        await().until(service::isReady);
        return service;
    }

    private String open(String environment, String account, String region) {
        world.as("john.doe").command("/bastion", "create " + environment + " 1h INC-12");
        await().until(() -> !world.lastRequest(environment).isEmpty());
        String request = world.lastRequest(environment);
        aws.at(account, region).online(environment, request);
        await().until(() -> stages(request).contains("ready"));
        return request;
    }

    private void end(String environment, String account, String region) {
        long ended = world.ledger().count("end");
        world.as("john.doe").command("/bastion", "destroy " + environment);
        await().until(() -> world.ledger().count("end") == ended + 1);
        aws.at(account, region).remove(environment);
        world.ledger().postApplied(environment);
    }

    private List<String> stages(String request) {
        return world.channel().stream()
                .filter(message -> message.readable().contains(request))
                .flatMap(message -> message.versions().stream())
                .map(version -> version.metadata().at("/event_payload/stage").asText())
                .toList();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aSilentAccountKeepsNoOtherWaitingAndIsGoneOnlyByItsOwnWord() {
        ServiceProcess service = start();
        String payments = open("payments", LIVE_ID, "us-east-1");
        world.as("john.doe").command("/bastion", "connect payments");
        await().untilAsserted(() -> assertThat(world.ephemeralsTo("john.doe"))
                .contains("bastion connect payments --region us-east-1 --profile acme-live --psql"));

        aws.silence(LIVE_ID, true);
        await().untilAsserted(
                        () -> assertThat(service.ask("/readyz")).contains(LIVE_PLACE + " has not answered since 20"));
        String orders = open("orders", TEST_ID, "eu-west-1");
        end("orders", TEST_ID, "eu-west-1");
        end("payments", LIVE_ID, "us-east-1");
        await().until(() -> stages(orders).contains("gone"));
        world.as("john.doe").command("/bastion", "status");
        await().untilAsserted(() -> assertThat(world.ephemeralsTo("john.doe"))
                .contains("Account live (222222222222, us-east-1) has not answered since"));
        assertThat(stages(payments)).doesNotContain("gone");
        assertThat(service.ask("/readyz")).doesNotContain("account test (");

        aws.silence(LIVE_ID, false);
        await().until(() -> stages(payments).contains("gone"));
        await().untilAsserted(() -> assertThat(service.ask("/readyz")).doesNotContain(LIVE_PLACE));
        assertThat(aws.calls()).noneMatch(call -> call.startsWith("TerminateInstances"));
    }
}
