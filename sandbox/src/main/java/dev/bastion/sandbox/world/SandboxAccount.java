package dev.bastion.sandbox.world;

import java.util.List;

/**
 * An AWS account of a sandbox with several, and the one region of it that has bastions.
 *
 * @param key what it is called in {@code ledger.yaml} and in paths
 */
public record SandboxAccount(String key, String id, String region) {
    /** Where John asks for access, and gets it at once. */
    public static final SandboxAccount STAGING = new SandboxAccount("staging", "111111111111", "eu-west-1");
    /** Where another person approves. */
    public static final SandboxAccount PROD = new SandboxAccount("prod", "222222222222", "us-east-1");

    static final List<SandboxAccount> ALL = List.of(STAGING, PROD);

    /** The name of the environment there, as people type it. */
    public String environment() {
        return key + "/" + region + "/orders";
    }

    /** The name that the environment's resources and tags have. */
    public String resourceName() {
        return environment().replace('/', '-');
    }

    /** The directory of the environment in the repository. */
    public String directory() {
        return "live/" + environment() + "/bastion";
    }

    /** The profile of people's AWS configurations. */
    public String profile() {
        return "acme-" + key;
    }

    /** @param use {@code watch}, {@code apply} or {@code plan} */
    public String role(String use) {
        return "arn:aws:iam::" + id + ":role/bastion-" + use;
    }

    String bucket() {
        return "acme-" + key + "-" + region + "-state";
    }
}
