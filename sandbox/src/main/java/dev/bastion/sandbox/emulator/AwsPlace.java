package dev.bastion.sandbox.emulator;

import dev.bastion.sandbox.page.InstanceView;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** One region of one account of the emulator. */
public final class AwsPlace {
    private final String region;
    private final URI address;
    private final String accessKey;
    private final AwsClient aws;

    AwsPlace(AwsClient emulator, URI address, String accessKey, String region) {
        this.region = region;
        this.address = address;
        this.accessKey = accessKey;
        this.aws = emulator.with(accessKey, region);
    }

    public String region() {
        return region;
    }

    /** What a client's process needs to work here instead of in AWS. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL",
                address.toString(),
                "AWS_ACCESS_KEY_ID",
                accessKey,
                "AWS_SECRET_ACCESS_KEY",
                "test",
                "AWS_REGION",
                region,
                "AWS_DEFAULT_REGION",
                region,
                "AWS_EC2_METADATA_DISABLED",
                "true");
    }

    public void createBucket(String name) {
        aws.createBucket(name);
    }

    /** The bastions there are, running ones first. */
    public List<InstanceView> instances() {
        return BastionInstances.read(aws);
    }

    /**
     * Runs an instance as a person does it by hand, with the image and the subnet of another one; answers its id.
     *
     * @param like the id of the other instance
     */
    public String runInstance(String like, Map<String, String> tags) {
        return BastionInstances.run(aws, like, tags);
    }

    public boolean hasLogGroup(String name) {
        return aws.logGroups(name).contains("\"" + name + "\"");
    }

    /** An object of a bucket as text; empty when there is none. */
    public String object(String bucket, String key) {
        return aws.object(bucket, key);
    }
}
