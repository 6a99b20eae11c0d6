package dev.bastion.cli.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bastion.apply.RunTarget;
import dev.bastion.apply.run.Redaction;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.layout.account.AccountKey;
import dev.bastion.layout.account.AccountRoles;
import dev.bastion.layout.account.AwsAccount;
import dev.bastion.layout.account.Region;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session of each account's roles, by the protocol of STS. */
class AccountCredentialsTest {
    private static final String APPLY = "arn:aws:iam::222222222222:role/teams/platform/bastion-apply";
    private static final String PLAN = "arn:aws:iam::222222222222:role/bastion-plan";
    private static final String TOKEN = "IQoJb3JpZ2luX2VjEXAMPLEofthesession";

    @TempDir
    private Path folder;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<String, String> process = new HashMap<>();
    private HttpServer sts;
    private String identity = "arn:aws:sts::999999999999:assumed-role/ci/1";
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        sts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sts.createContext("/", this::answer);
        sts.start();
        process.put("AWS_ENDPOINT_URL", "http://127.0.0.1:" + sts.getAddress().getPort());
        process.put("AWS_ACCESS_KEY_ID", "AKIAOFCI");
        process.put("AWS_SECRET_ACCESS_KEY", "secret-of-ci");
        process.put("AWS_REGION", "eu-central-1");
        process.put("GITHUB_RUN_ID", "77");
    }

    @AfterEach
    void stop() {
        sts.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String form = URLDecoder.decode(new String(exchange.getRequestBody().readAllBytes(), UTF_8), UTF_8);
        String action = form.replaceAll(".*Action=([A-Za-z]+).*", "$1");
        calls.add(form);
        boolean isIdentity = action.equals("GetCallerIdentity");
        String result = isIdentity
                ? "<Arn>" + identity + "</Arn><UserId>x</UserId><Account>" + identity.split(":")[4] + "</Account>"
                : "<Credentials><AccessKeyId>ASIASESSION</AccessKeyId><SecretAccessKey>secret-of-session"
                        + "</SecretAccessKey><SessionToken>" + TOKEN + "</SessionToken>"
                        + "<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>";
        boolean isRefused = status != 200 && !isIdentity;
        byte[] body = (isRefused
                        ? "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized to"
                                + " perform: sts:AssumeRole</Message></Error></ErrorResponse>"
                        : "<" + action + "Response><" + action + "Result>" + result + "</" + action + "Result></"
                                + action + "Response>")
                .getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(isRefused ? status : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static RunTarget target(boolean plansOnly, AccountRoles roles, String... regions) {
        AwsAccount account = new AwsAccount(new AccountKey("live"), "222222222222", List.of(), roles, Optional.empty());
        return new RunTarget(
                plansOnly,
                "live/orders",
                Optional.of(account),
                List.of(regions).stream().findFirst().map(Region::new));
    }

    private static AccountRoles roles() {
        return new AccountRoles(Optional.empty(), Optional.of(APPLY), Optional.of(PLAN), Optional.of("acme"));
    }

    private Map<String, String> variables(RunTarget target) {
        return new AccountCredentials(process, Redaction.of(process)).variablesFor(target, new HashMap<>(process));
    }

    @Test
    void anApplyTakesTheApplyRoleAndAPlanThePlanRoleInTheEnvironmentsRegion() {
        process.put("AWS_PROFILE", "of-ci");
        Map<String, String> variables = variables(target(false, roles(), "us-east-1"));
        assertThat(calls.getLast())
                .contains("RoleArn=" + APPLY, "RoleSessionName=bastion-apply-77-live-orders")
                .doesNotContain("ExternalId");
        assertThat(variables)
                .containsEntry("AWS_ACCESS_KEY_ID", "ASIASESSION")
                .containsEntry("AWS_SECRET_ACCESS_KEY", "secret-of-session")
                .containsEntry("AWS_SESSION_TOKEN", TOKEN)
                .containsEntry("AWS_REGION", "us-east-1")
                .containsEntry("AWS_DEFAULT_REGION", "us-east-1")
                .containsEntry("GITHUB_RUN_ID", "77")
                .doesNotContainKey("AWS_PROFILE");
        variables(target(true, roles(), "us-east-1"));
        assertThat(calls.getLast()).contains("RoleArn=" + PLAN, "RoleSessionName=bastion-plan-77-live-orders");
    }

    @Test
    void withoutARoleNothingIsAskedAndNothingChanges() {
        AccountRoles onlyApply =
                new AccountRoles(Optional.empty(), Optional.of(APPLY), Optional.empty(), Optional.empty());
        assertThat(variables(target(true, onlyApply, "us-east-1"))).isEqualTo(process);
        assertThat(variables(new RunTarget(false, "dev", Optional.empty(), Optional.empty())))
                .isEqualTo(process);
        assertThat(calls).isEmpty();
    }

    @Test
    void aJobThatHasTheRoleAlreadyKeepsItsKeys() {
        identity = "arn:aws:sts::222222222222:assumed-role/bastion-apply/bastion-77";
        assertThat(variables(target(false, roles(), "us-east-1")))
                .containsEntry("AWS_ACCESS_KEY_ID", "AKIAOFCI")
                .containsEntry("AWS_REGION", "us-east-1");
        assertThat(calls).hasSize(1);
        identity = "arn:aws:sts::333333333333:assumed-role/bastion-apply/bastion-77";
        assertThat(variables(target(false, roles(), "us-east-1"))).containsEntry("AWS_ACCESS_KEY_ID", "ASIASESSION");
        identity = "arn:aws:sts::222222222222:assumed-role/bastion-apply-of-others/bastion-77";
        assertThat(variables(target(false, roles(), "us-east-1"))).containsEntry("AWS_ACCESS_KEY_ID", "ASIASESSION");
    }

    @Test
    void aJobWithoutKeysShowsItsToken() throws IOException {
        process.keySet().removeIf(name -> name.startsWith("AWS_ACCESS") || name.startsWith("AWS_SECRET"));
        Path file = Files.writeString(folder.resolve("token"), "header.payload-of-the-job.signature");
        process.put("AWS_WEB_IDENTITY_TOKEN_FILE", file.toString());
        Redaction redaction = Redaction.of(Map.of());
        Map<String, String> variables = new AccountCredentials(process, redaction)
                .variablesFor(
                        target(false, roles(), "us-east-1"), Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", file.toString()));
        assertThat(calls)
                .singleElement()
                .asString()
                .contains("AssumeRoleWithWebIdentity", "WebIdentityToken=header.payload-of-the-job.signature", APPLY);
        assertThat(variables)
                .containsEntry("AWS_ACCESS_KEY_ID", "ASIASESSION")
                .doesNotContainKey("AWS_WEB_IDENTITY_TOKEN_FILE");
        assertThat(redaction.text("header.payload-of-the-job.signature")).isEqualTo("[redacted]");
    }

    @Test
    void aRefusalNamesAccountAndRoleAndWhatToDo() {
        status = 403;
        assertThatThrownBy(() -> variables(target(false, roles(), "us-east-1")))
                .isInstanceOf(StepFailed.class)
                .hasMessageContainingAll(
                        "the account live (222222222222)",
                        "the role " + APPLY,
                        "AccessDenied: not authorized to perform: sts:AssumeRole",
                        "Let the role trust CI's own role, and let that one assume it",
                        "docs/ci.md, \"Several accounts\"");
    }

    @Test
    void withoutARegionOfTheAccountTheJobsOwnCountsAndWithoutThatItIsAskedFor() {
        assertThat(variables(target(false, roles()))).containsEntry("AWS_DEFAULT_REGION", "eu-central-1");
        process.remove("AWS_REGION");
        assertThatThrownBy(() -> variables(target(false, roles())))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("List its regions in accounts of ledger.yaml, or set AWS_REGION");
    }
}
