package dev.bastion.sandbox.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.sandbox.fault.FaultSwitch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault of AWS, as a client of its protocols sees it. */
final class AwsFaultIT {
    private static final String DESCRIBE = "Action=DescribeInstances&Version=2016-11-15";
    private static final String TERMINATE = "Action=TerminateInstances&InstanceId.1=i-1&Version=2016-11-15";
    private static final String RUN =
            "Action=RunInstances&ImageId=ami-12c6146b&MinCount=1&MaxCount=1&InstanceType=t4g.nano&Version=2016-11-15";

    /** For each fault: describing, terminating what is not there, starting, the SSM agents, and a bucket. */
    private static final Map<String, List<String>> ANSWERS = Map.of(
            "AWS_DOWN", List.of("503", "503", "503", "503", "503"),
            "AWS_THROTTLED",
                    List.of(
                            "503 RequestLimitExceeded",
                            "503 RequestLimitExceeded",
                            "503 RequestLimitExceeded",
                            "400 ThrottlingException",
                            "503 SlowDown"),
            "AWS_DESCRIBE_REFUSED", answers("403 UnauthorizedOperation", "", "", "", ""),
            "AWS_TERMINATE_REFUSED", answers("", "403 UnauthorizedOperation", "", "", ""),
            "AWS_RUN_REFUSED", answers("", "", "403 UnauthorizedOperation", "", ""),
            "AWS_SSM_REFUSED", answers("", "", "", "400 AccessDeniedException", ""),
            "AWS_LAG", answers("", "", "", "", ""));

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private AwsEmulator emulator;

    /** The usual answers, but those that are not empty. */
    private static List<String> answers(String describe, String terminate, String run, String agents, String bucket) {
        return List.of(
                describe.isEmpty() ? "200" : describe,
                terminate.isEmpty() ? "400 InvalidInstanceID.NotFound" : terminate,
                run.isEmpty() ? "200" : run,
                agents.isEmpty() ? "200" : agents,
                bucket.isEmpty() ? "404 NoSuchBucket" : bucket);
    }

    @BeforeEach
    void start() {
        emulator = AwsEmulator.start(new AwsEmulatorSettings(
                System.getenv().getOrDefault("BASTION_MOTO", "python3"),
                folder,
                "eu-west-1",
                Duration.ofSeconds(1),
                false,
                false));
    }

    @AfterEach
    void stop() {
        http.close();
        emulator.close();
    }

    @Test
    void aFaultHasAwsAnswersAndEndsWhenItIsSwitchedOff() throws Exception {
        List<FaultSwitch> switches = emulator.faults().switches();
        assertThat(switches.stream().map(FaultSwitch::id).collect(Collectors.toSet()))
                .isEqualTo(ANSWERS.keySet());
        for (FaultSwitch fault : switches) {
            assertThat(fault.effect()).endsWith(".");
            fault.turn(true);
            assertThat(answers()).as(fault.id()).isEqualTo(ANSWERS.get(fault.id()));
            fault.turn(false);
        }
        assertThat(answers()).isEqualTo(answers("", "", "", "", ""));
    }

    private List<String> answers() throws IOException, InterruptedException {
        return List.of(
                answer(ec2(DESCRIBE)), answer(ec2(TERMINATE)), answer(ec2(RUN)), answer(agents()), answer(bucket()));
    }

    @Test
    void aDeniedActionNamesWhoAndWhat() throws Exception {
        emulator.faults().refuse("ec2:Describe*");
        assertThat(ec2(DESCRIBE).body())
                .contains("<Code>UnauthorizedOperation</Code><Message>You are not authorized to perform this operation."
                        + " User: arn:aws:sts::")
                .contains("is not authorized to perform: ec2:DescribeInstances because no identity-based policy");
        emulator.faults().allow("ec2:Describe*");
        assertThat(ec2(DESCRIBE).statusCode()).isEqualTo(200);
    }

    @Test
    void aNewInstanceIsNotListedWhileTheListLags() throws Exception {
        emulator.faults().turn(AwsFault.LAG, true);
        assertThat(ec2(RUN).statusCode()).isEqualTo(200);
        assertThat(ec2(DESCRIBE).body()).doesNotContain("<instanceId>");
        emulator.faults().turn(AwsFault.LAG, false);
        assertThat(ec2(DESCRIBE).body()).contains("<instanceId>");
    }

    @Test
    void theSandboxSeesWhatIsThereWhateverFaultIsOn() {
        emulator.faults().turn(AwsFault.DOWN, true);
        assertThat(emulator.home().instances()).isEmpty();
    }

    private HttpResponse<String> ec2(String form) throws IOException, InterruptedException {
        return send(to("/", "ec2")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> agents() throws IOException, InterruptedException {
        return send(to("/", "ssm")
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "AmazonSSM.DescribeInstanceInformation")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    }

    private HttpResponse<String> bucket() throws IOException, InterruptedException {
        return send(to("/nothing/here", "s3").GET());
    }

    private HttpRequest.Builder to(String path, String service) {
        return HttpRequest.newBuilder(URI.create(emulator.address() + path))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=none");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The status, and the error's code. */
    private static String answer(HttpResponse<String> response) {
        String code = response.body().replaceAll("(?s).*<Code>([^<]*)</Code>.*|.*\"__type\": \"([^\"]*)\".*", "$1$2");
        boolean hasCode = response.statusCode() != 200 && !code.equals(response.body());
        return response.statusCode() + (hasCode ? " " + code : "");
    }
}
