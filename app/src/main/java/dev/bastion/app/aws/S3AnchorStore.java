package dev.bastion.app.aws;

import dev.bastion.access.fault.AnchorFailed;
import dev.bastion.access.port.AnchorArchive;
import dev.bastion.access.port.AnchorStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * An S3 bucket whose default retention (Object Lock) keeps every version from being changed or deleted. The service needs
 * {@code s3:PutObject} on it and nothing else; a reader needs {@code s3:ListBucketVersions} and {@code s3:GetObjectVersion}. All
 * versions are read: a delete marker or a newer version hides an anchor, and takes nothing away.
 */
public final class S3AnchorStore implements AnchorStore, AnchorArchive, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int MOST_ANCHORS = 100_000;
    /** More bytes than any anchor has. */
    private static final int MAX_LENGTH = 8192;

    private final String bucket;
    private final String prefix;
    private final AwsFaults faults;
    private final S3Client s3;

    /**
     * Uses the AWS SDK's default credentials.
     *
     * @param prefix of the keys, like {@code ledger/}; may be empty
     * @param endpoint replaces AWS's
     */
    public S3AnchorStore(String bucket, String prefix, String region, Optional<URI> endpoint) {
        this(
                bucket,
                prefix,
                region,
                endpoint,
                DefaultCredentialsProvider.builder().build());
    }

    S3AnchorStore(
            String bucket, String prefix, String region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.faults = new AwsFaults(region);
        S3ClientBuilder builder = S3Client.builder();
        endpoint.ifPresent(at -> builder.endpointOverride(at).forcePathStyle(true));
        this.s3 = builder.httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .overrideConfiguration(
                        override -> override.apiCallTimeout(TIMEOUT).apiCallAttemptTimeout(TIMEOUT.dividedBy(2)))
                .build();
    }

    @Override
    public String place() {
        return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }

    @Override
    public void add(String name, String anchor) {
        try {
            s3.putObject(
                    request ->
                            request.bucket(bucket).key(prefix + name + ".txt").contentType("text/plain"),
                    RequestBody.fromString(anchor));
        } catch (SdkException e) {
            throw new AnchorFailed(faults.onWrite("adding an anchor to " + place(), "s3:PutObject", e), e);
        }
    }

    @Override
    public Optional<String> newest() {
        return Optional.empty();
    }

    @Override
    public Map<String, String> all() {
        Map<String, String> found = new TreeMap<>();
        try {
            s3.listObjectVersionsPaginator(request -> request.bucket(bucket).prefix(prefix)).versions().stream()
                    .limit(MOST_ANCHORS)
                    .forEach(version -> found.put(version.key() + " " + version.versionId(), read(version)));
            return found;
        } catch (SdkException e) {
            throw new AnchorFailed(
                    faults.onRead(
                            "reading the anchors of " + place(), "s3:ListBucketVersions and s3:GetObjectVersion", e),
                    e);
        }
    }

    private String read(ObjectVersion version) {
        try (InputStream bytes = s3.getObject(
                request -> request.bucket(bucket).key(version.key()).versionId(version.versionId()))) {
            return new String(bytes.readNBytes(MAX_LENGTH + 1), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw SdkException.create("the object " + version.key() + " cannot be read", e);
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
