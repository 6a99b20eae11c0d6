package dev.bastion.app.world;

import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A ledger with an environment in each of two AWS accounts: {@code orders} in {@code test}, and {@code payments} in {@code
 * live}, which has a second region without environments.
 */
public final class AccountsWorld implements AutoCloseable {
    private static final String HUB = "000000000001";
    private static final String TEST_ID = "111111111111";
    public static final String LIVE_ID = "222222222222";
    public static final String LIVE_REGION = "us-east-1";
    /** The place of {@code payments}, as people read it. */
    public static final String LIVE = "account live (222222222222, us-east-1)";

    public static final String EXTERNAL_ID = "acme";

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
            regions: [us-east-1, eu-west-1]
            watch_role: arn:aws:iam::222222222222:role/bastion-watch
            external_id: acme
            profile: acme-live
        """;
    private static final String POLICY = """
        defaults: {default_duration: 2h, warn_before_end: 3s, approvers: [group:platform]}
        environments:
          "*": {}
        """;

    private static final Map<String, String> GRACE = Map.of("BASTION_GRACE_ALARM", "5s", "BASTION_GRACE_APPLY", "20s");

    private final ServiceWorld world = new ServiceWorld();
    private final SmallAccounts aws = new SmallAccounts(HUB);

    /** Both accounts trust the service. */
    public AccountsWorld() {
        aws.trust(TEST_ID, EXTERNAL_ID);
        aws.trust(LIVE_ID, EXTERNAL_ID);
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
    }

    /** Starts a service and waits until it is ready. */
    public ServiceProcess ready(String name) {
        Map<String, String> settings = new HashMap<>(GRACE);
        settings.put("BASTION_AWS_ENDPOINT", aws.endpoint().toString());
        ServiceProcess service = world.start(name, settings);
        await("the service is ready").until(service::isReady);
        return service;
    }

    public ServiceWorld world() {
        return world;
    }

    public SmallAccounts aws() {
        return aws;
    }

    private SmallAws placeOf(String environment) {
        return environment.equals("orders") ? aws.at(TEST_ID, "eu-west-1") : aws.at(LIVE_ID, LIVE_REGION);
    }

    /** Requests access, lets CI apply it, and waits until the grant is ready. */
    public String open(String environment) {
        world.as("john.doe").command("/bastion", "create " + environment + " 1h INC-12");
        await("the entry of " + environment)
                .until(() -> !world.lastRequest(environment).isEmpty());
        String request = world.lastRequest(environment);
        placeOf(environment).online(environment, request);
        await(environment + " is ready").until(() -> stages(request).contains("ready"));
        return request;
    }

    /** Ends the grant, and lets CI remove the instance. */
    public void end(String environment) {
        long ended = world.ledger().count("end");
        world.as("john.doe").command("/bastion", "destroy " + environment);
        await("the end of " + environment).until(() -> world.ledger().count("end") == ended + 1);
        placeOf(environment).remove(environment);
        world.ledger().postApplied(environment);
    }

    /** The stages that the grant's message has shown. */
    public List<String> stages(String request) {
        return world.channel().stream()
                .filter(message -> message.readable().contains(request))
                .flatMap(message -> message.versions().stream())
                .map(version -> version.metadata().at("/event_payload/stage").asText())
                .toList();
    }

    @Override
    public void close() {
        aws.close();
        world.close();
    }
}
