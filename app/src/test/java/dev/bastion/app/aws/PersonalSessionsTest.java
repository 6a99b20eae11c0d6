package dev.bastion.app.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.app.aws.PersonalAccessFailed.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.Profile;

/** A person's calls, against a server that answers as EC2, SSM and STS do. */
class PersonalSessionsTest {
    private static final String LOGIN = "run `aws sso login --profile work`, and try again";
    private static final EnvironmentName DEV = new EnvironmentName("prod/orders");

    private record Answer(int status, String body) {}

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private PersonalSessions person;
    private volatile Answer answer = new Answer(200, "");

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        person = with(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }

    private PersonalSessions with(AwsCredentialsProvider credentials) {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new PersonalSessions("eu-central-1", "work", Optional.of(endpoint), credentials, LOGIN);
    }

    @AfterEach
    void stop() {
        person.close();
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String instances(String... tags) {
        StringBuilder set = new StringBuilder();
        for (int i = 0; i < tags.length; i += 2) {
            set.append("<item><key>")
                    .append(tags[i])
                    .append("</key><value>")
                    .append(tags[i + 1])
                    .append("</value></item>");
        }
        return "<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceId>i-1</instanceId>"
                + "<instanceState><code>16</code><name>running</name></instanceState><tagSet>" + set
                + "</tagSet></item></instancesSet></item></reservationSet></DescribeInstancesResponse>";
    }

    private PersonalBastion found(String... tags) {
        answer = new Answer(200, instances(tags));
        return person.bastionsOf(DEV).getFirst();
    }

    @Test
    void aBastionIsFoundByItsTags() {
        PersonalBastion bastion = found(
                "Database", "db.internal:5433",
                "PortDocument", "bastion-orders-port",
                "RequestedByUsername", "john.doe",
                "ExpiresAt", "2026-01-15T12:30:00Z");
        assertThat(bastion.holder()).isEqualTo("john.doe");
        assertThat(bastion.expiresAt()).contains(Instant.parse("2026-01-15T12:30:00Z"));
        assertThat(bastion.connection().databasePort()).isEqualTo(5433);
        assertThat(requests.getFirst())
                .contains("tag%3AManagedBy", "tag%3AEnvironment", "prod-orders", "pending", "running")
                .doesNotContain("stopped");
    }

    @Test
    void tagsThatSayNothingAreNoEnd() {
        PersonalBastion bastion = found("ExpiresAt", "tomorrow", "Database", "nowhere");
        assertThat(bastion.expiresAt()).isEmpty();
        assertThat(bastion.hasExpired(Instant.MAX)).isFalse();
        assertThat(bastion.connection().databaseHost()).isEmpty();
    }

    @Test
    void aSessionIsTheInstancesDocumentWithTheLocalPortAlone() {
        PersonalBastion bastion = found("Database", "db.internal:5432", "PortDocument", "bastion-orders-port");
        answer = new Answer(200, "{\"SessionId\":\"john-1\",\"TokenValue\":\"to\\\"ken\",\"StreamUrl\":\"wss://x\"}");
        PersonalSession session = person.start(bastion, 20_001);
        assertThat(requests.getLast())
                .contains("\"DocumentName\":\"bastion-orders-port\"", "\"localPortNumber\":[\"20001\"]")
                .doesNotContain("host");
        assertThat(session.response()).contains("\"TokenValue\":\"to\\\"ken\"", "\"StreamUrl\":\"wss://x\"");
        assertThat(session.request()).contains("\"Target\":\"i-1\"", "bastion-orders-port");
        assertThat(session.profile()).isEqualTo("work");
        assertThat(session.toString()).doesNotContain("ken");
    }

    @Test
    void anInstanceWithoutADocumentUsesAwssOwnWithTheHost() {
        PersonalBastion bastion = found("Database", "db.internal:5432");
        answer = new Answer(200, "{\"SessionId\":\"john-1\",\"TokenValue\":\"t\",\"StreamUrl\":\"wss://x\"}");
        person.start(bastion, 20_001);
        assertThat(requests.getLast())
                .contains("AWS-StartPortForwardingSessionToRemoteHost", "\"host\":[\"db.internal\"]", "[\"5432\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "400, TargetNotConnected, NOT_CONNECTED, /bastion doctor",
        "400, ExpiredTokenException, CONFIGURATION, aws sso login --profile work",
        "403, UnrecognizedClientException, CONFIGURATION, aws sso login --profile work",
        "403, InvalidSignatureException, CONFIGURATION, clock",
        "400, AccessDeniedException, DENIED, ask for ssm:StartSession on i-1 with the document bastion-orders-port",
        "403, SomethingNew, DENIED, ssm:StartSession",
        "400, InvalidDocument, REFUSED, InvalidDocument",
        "500, InternalServerError, UNREACHABLE, try again",
        "400, ThrottlingException, UNREACHABLE, try again"
    })
    void eachAnswerOfSsmHasItsReasonAndRemedy(int status, String code, Reason reason, String remedy) {
        PersonalBastion bastion = found("Database", "db.internal:5432", "PortDocument", "bastion-orders-port");
        answer = new Answer(status, "{\"__type\":\"" + code + "\",\"message\":\"the words of AWS\"}");
        PersonalAccessFailed failure =
                catchThrowableOfType(PersonalAccessFailed.class, () -> person.start(bastion, 20_001));
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.remedy()).contains(remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "403, UnauthorizedOperation, DENIED, ec2:DescribeInstances",
        "401, AuthFailure, CONFIGURATION, aws sso login",
        "400, RequestExpired, CONFIGURATION, clock",
        "503, RequestLimitExceeded, UNREACHABLE, try again"
    })
    void eachAnswerOfEc2HasItsReasonAndRemedy(int status, String code, Reason reason, String remedy) {
        answer = new Answer(
                status,
                "<Response><Errors><Error><Code>" + code
                        + "</Code><Message>words</Message></Error></Errors></Response>");
        PersonalAccessFailed failure = catchThrowableOfType(PersonalAccessFailed.class, () -> person.bastionsOf(DEV));
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.remedy()).contains(remedy);
    }

    @Test
    void credentialsThatCannotBeFoundOrRenewedAreAMatterOfSigningIn() {
        List<String> words = List.of(
                "Unable to load credentials from any of the providers in the chain AwsCredentialsProviderChain(a, b)",
                "The SSO session associated with this profile has expired or is otherwise invalid.",
                "Token is expired",
                "Profile file contained no credentials for profile 'work'");
        for (String said : words) {
            PersonalSessions without = with(() -> {
                throw SdkClientException.create(said);
            });
            PersonalAccessFailed failure = catchThrowableOfType(PersonalAccessFailed.class, without::identity);
            assertThat(failure.reason()).as(said).isEqualTo(Reason.CONFIGURATION);
            assertThat(failure.remedy()).isEqualTo(LOGIN);
            assertThat(failure.getMessage()).doesNotContain("AwsCredentialsProviderChain");
            without.close();
        }
    }

    @Test
    void noAnswerIsNoMatterOfCredentials() {
        server.stop(0);
        PersonalAccessFailed failure = catchThrowableOfType(PersonalAccessFailed.class, () -> person.bastionsOf(DEV));
        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
    }

    /** Compared with botocore's generate_db_auth_token at the same moment, with the same keys. */
    @Test
    void theTokenIsTheOneOfAwssOwnLibrary() {
        AwsCredentialsProvider keys = StaticCredentialsProvider.create(AwsSessionCredentials.create(
                "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "session+token/="));
        PersonalSessions signer = with(keys);
        String token =
                signer.databaseToken("db.internal", 5432, "app user", () -> Instant.parse("2026-01-15T12:00:00Z"));
        signer.close();
        assertThat(token.split("[?&]"))
                .containsExactlyInAnyOrder(
                        "db.internal:5432/",
                        "Action=connect",
                        "DBUser=app%20user",
                        "X-Amz-Algorithm=AWS4-HMAC-SHA256",
                        "X-Amz-Credential=AKIDEXAMPLE%2F20260115%2Feu-central-1%2Frds-db%2Faws4_request",
                        "X-Amz-Date=20260115T120000Z",
                        "X-Amz-Expires=900",
                        "X-Amz-SignedHeaders=host",
                        "X-Amz-Security-Token=session%2Btoken%2F%3D",
                        "X-Amz-Signature=779606ddeefee92e663ec85117be715ebaea1d403cafb5cfc61d2cdbf21daf97");
    }

    @Test
    void aProfileSaysHowItsPersonSignsIn() {
        Profile sso = Profile.builder()
                .name("work")
                .properties(Map.of("sso_session", "corp"))
                .build();
        assertThat(new PersonalProfile(Optional.of("work"), "work", Optional.of(sso)).login())
                .isEqualTo("run `aws sso login --profile work`, and try again");
        assertThat(new PersonalProfile(Optional.empty(), "default", Optional.empty()).login())
                .contains("AWS_ACCESS_KEY_ID", "--profile");
    }

    @Test
    void aProfileThatIsNotThereIsNamed() {
        PersonalAccessFailed failure = catchThrowableOfType(
                PersonalAccessFailed.class,
                () -> PersonalProfile.of(Optional.of("no-such-profile-of-a-test"), Map.of()));
        assertThat(failure).hasMessage("This machine has no AWS profile \"no-such-profile-of-a-test\".");
    }

    @Test
    void theRegionIsTheOneGivenElseTheEnvironments() {
        PersonalProfile profile = new PersonalProfile(Optional.empty(), "none", Optional.empty());
        Map<String, String> both = Map.of("AWS_REGION", "eu-west-1", "AWS_DEFAULT_REGION", "eu-west-2");
        assertThat(profile.region(Optional.of("us-east-1"), both)).isEqualTo("us-east-1");
        assertThat(profile.region(Optional.empty(), both)).isEqualTo("eu-west-1");
        assertThat(profile.region(Optional.empty(), Map.of("AWS_DEFAULT_REGION", "eu-west-2")))
                .isEqualTo("eu-west-2");
        PersonalAccessFailed failure = catchThrowableOfType(
                PersonalAccessFailed.class, () -> profile.region(Optional.empty(), Map.of("AWS_REGION", " ")));
        assertThat(failure.reason()).isEqualTo(Reason.CONFIGURATION);
        assertThat(failure.remedy()).contains("--region");
    }
}
