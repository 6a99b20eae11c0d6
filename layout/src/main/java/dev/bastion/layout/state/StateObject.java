package dev.bastion.layout.state;

import dev.bastion.hcl.model.Value;
import java.util.Optional;

/**
 * The object of S3 that a backend keeps a state in. The name of a bucket is unique in all accounts and regions.
 *
 * @param region as the code says; empty where it says none
 * @param endpoint of another store than AWS's, as the code says
 */
record StateObject(String bucket, String key, Optional<String> region, Optional<Value> endpoint) {
    /** Whether both are the same. A region that only one of them says cannot tell them apart. */
    boolean isSame(StateObject other) {
        return bucket.equals(other.bucket)
                && key.equals(other.key)
                && endpoint.equals(other.endpoint)
                && (region.isEmpty() || other.region.isEmpty() || region.equals(other.region));
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
