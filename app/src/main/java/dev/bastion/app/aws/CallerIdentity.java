package dev.bastion.app.aws;

import dev.bastion.access.diagnosis.CheckFailed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * The answer of {@code sts:GetCallerIdentity}, which needs no permission. It is signed and sent with the SDK's core,
 * because
 * the SDK's module for STS would be one more library for one call.
 *
 * @param account the account's id, of 12 digits
 * @param arn the role or user
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
 */
record CallerIdentity(String account, String arn) {
    private static final String CALL = "Action=GetCallerIdentity&Version=2011-06-15";
    private static final int LONGEST_ANSWER = 64 * 1024;

    /** AWS's refusal of the credentials. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Refused(String answer) {
            super(answer);
        }
    }

    /**
     * @throws Refused when AWS does not accept the credentials
     * @throws CheckFailed when AWS does not answer
     */
    static CallerIdentity ask(SdkHttpClient http, AwsCredentials credentials, String region, Optional<URI> endpoint) {
        try {
            HttpExecuteResponse response = send(http, credentials, region, endpoint);
            String answer = text(response);
            if (response.httpResponse().statusCode() >= 500) {
                throw new IOException("status " + response.httpResponse().statusCode());
            }
            if (!response.httpResponse().isSuccessful()) {
                throw new Refused(value(answer, "Code").orElse("refused") + ": "
                        + value(answer, "Message").orElse("no reason given"));
            }
            return new CallerIdentity(
                    value(answer, "Account").orElseThrow(() -> new IOException("an answer without an account")),
                    value(answer, "Arn").orElse("an unknown identity"));
        } catch (IOException e) {
            throw new CheckFailed("asking AWS for the account", e);
        }
    }

    private static HttpExecuteResponse send(
            SdkHttpClient http, AwsCredentials credentials, String region, Optional<URI> endpoint) throws IOException {
        ContentStreamProvider body = ContentStreamProvider.fromUtf8String(CALL);
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint.orElseGet(() -> address(region)))
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .putHeader("Content-Length", Integer.toString(CALL.length()))
                .build();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(credentials)
                        .request(request)
                        .payload(body)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        return http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed.request())
                        .contentStreamProvider(body)
                        .build())
                .call();
    }

    private static URI address(String region) {
        String suffix = PartitionMetadata.of(Region.of(region)).dnsSuffix();
        return URI.create("https://sts." + region + "." + suffix + "/");
    }

    private static String text(HttpExecuteResponse response) throws IOException {
        if (response.responseBody().isEmpty()) {
            return "";
        }
        try (InputStream body = response.responseBody().get()) {
            return new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        }
    }

    private static Optional<String> value(String xml, String element) {
        Matcher found = Pattern.compile("<" + element + ">([^<]{1,1000})</" + element + ">")
                .matcher(xml);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
