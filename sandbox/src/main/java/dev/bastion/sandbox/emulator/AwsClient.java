package dev.bastion.sandbox.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * A minimal AWS client for EC2, SSM, CloudWatch Logs and S3. It does not sign its requests: the emulator reads only the
 * service name from a signature.
 */
final class AwsClient {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final String region;
    private final String accessKey;

    AwsClient(URI address, String region) {
        this(address, region, "test");
    }

    private AwsClient(URI address, String region, String accessKey) {
        this.address = address;
        this.region = region;
        this.accessKey = accessKey;
    }

    /** A client of another account or region: the emulator's accounts are those of the access keys. */
    AwsClient with(String accessKey, String region) {
        return new AwsClient(address, region, accessKey);
    }

    /** The EC2 query protocol; answers XML. */
    String ec2(String form) {
        return said(send(to("/", "ec2")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form + "&Version=2016-11-15"))));
    }

    /** The STS query protocol; answers XML. */
    String sts(String form) {
        return said(send(to("/", "sts")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form + "&Version=2011-06-15"))));
    }

    /** SSM, called with a person's access key: faults hold for it. */
    String ssmAs(String accessKey, String action, String body) {
        return said(send(signed("/", "ssm", accessKey)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "AmazonSSM." + action)
                .POST(BodyPublishers.ofString(body, UTF_8))));
    }

    /** A JSON protocol; {@code target} like {@code AmazonSSM.DescribeInstanceInformation}. */
    String json(String service, String target, String body) {
        return said(send(to("/", service)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", target)
                .POST(BodyPublishers.ofString(body, UTF_8))));
    }

    String logGroups(String prefix) {
        return json("logs", "Logs_20140328.DescribeLogGroups", "{\"logGroupNamePrefix\": \"" + prefix + "\"}");
    }

    void createBucket(String name) {
        String place = "<CreateBucketConfiguration><LocationConstraint>" + region
                + "</LocationConstraint></CreateBucketConfiguration>";
        boolean home = region.equals("us-east-1"); // the one region that may not be named
        said(send(to("/" + name, "s3").PUT(home ? BodyPublishers.noBody() : BodyPublishers.ofString(place))));
    }

    String object(String bucket, String key) {
        HttpResponse<String> answer = send(to("/" + bucket + "/" + key, "s3").GET());
        return answer.statusCode() == 404 ? "" : said(answer);
    }

    /** @param faults JSON, as the emulator's {@code Faults} describes it */
    void setFaults(String faults) {
        said(send(to("/sandbox/faults", "sandbox").PUT(BodyPublishers.ofString(faults, UTF_8))));
    }

    private HttpRequest.Builder to(String path, String service) {
        // the sandbox sees what is there, whatever fault is on
        return signed(path, service, accessKey).header("X-Sandbox-Observer", "yes");
    }

    private HttpRequest.Builder signed(String path, String service, String accessKey) {
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(PATIENCE)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + accessKey + "/20260101/" + region + "/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=none");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException("the AWS emulator at " + address + " does not answer", failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling the AWS emulator", stopping);
        }
    }

    private static String said(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("the AWS emulator answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
