package dev.bastion.app;

import dev.bastion.access.fault.AnchorFailed;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.port.AnchorStore;
import dev.bastion.app.aws.S3AnchorStore;
import dev.bastion.app.config.Settings;
import dev.bastion.ledger.anchor.DirectoryAnchors;
import dev.bastion.ledger.anchor.GitAnchorStore;
import dev.bastion.ledger.git.object.Signature;
import dev.bastion.ledger.git.remote.Credentials;
import dev.bastion.ledger.git.remote.RemoteSettings;
import dev.bastion.ledger.write.LedgerSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The places of anchors: the service's, by its settings, and those that an auditor names. */
public final class AnchorPlaces {
    private static final String S3 = "s3://";

    private AnchorPlaces() {}

    /** The place that the settings name. */
    static Optional<AnchorStore> of(Settings settings) {
        Settings.Anchors anchors = settings.anchors();
        if (!anchors.areKept()) {
            return Optional.empty();
        }
        if (anchors.isBucket()) {
            String region = anchors.region().isEmpty() ? settings.aws().region() : anchors.region();
            return Optional.of(new S3AnchorStore(
                    anchors.bucket(), anchors.prefix(), region, ModuleSettings.awsEndpoint(settings)));
        }
        Path clone = settings.ledger().directory();
        return Optional.of(new GitAnchorStore(
                new RemoteSettings(
                        anchors.remote(), anchors.branch(), credentials(anchors), LedgerSettings.DEFAULT_TIMEOUT),
                clone.resolveSibling(clone.getFileName() + "-anchors"),
                new Signature(
                        settings.ledger().committerName(), settings.ledger().committerEmail())));
    }

    private static Credentials credentials(Settings.Anchors anchors) {
        if (!anchors.sshKey().isEmpty()) {
            return new Credentials.SshKey(Path.of(anchors.sshKey()));
        }
        return anchors.token().isGiven()
                ? new Credentials.Token(anchors.username(), anchors.token().value())
                : new Credentials.None();
    }

    /**
     * The anchors of a place, by name.
     *
     * @param place {@code s3://bucket/prefix}, a directory with files, or a git remote; {@code #branch} names its branch
     * @param scratch a directory for a clone of a git remote
     * @param environment has the region of a bucket, {@code AWS_REGION}, and a git remote's token, {@code ANCHORS_TOKEN}
     * @throws AnchorFailed when they cannot be read
     */
    public static Map<String, String> read(String place, Path scratch, Map<String, String> environment) {
        if (place.startsWith(S3)) {
            return bucket(place.substring(S3.length()), environment);
        }
        int hash = place.lastIndexOf('#');
        String address = hash < 0 ? place : place.substring(0, hash);
        boolean isRemote = address.contains("://") || address.contains("@");
        if (!isRemote && !Files.isDirectory(Path.of(address).resolve("objects"))) {
            return new DirectoryAnchors(Path.of(place)).all();
        }
        String token = environment.getOrDefault("ANCHORS_TOKEN", "");
        RemoteSettings remote = new RemoteSettings(
                address,
                hash < 0 ? "anchors" : place.substring(hash + 1),
                token.isEmpty() ? new Credentials.None() : new Credentials.Token("x-access-token", token),
                LedgerSettings.DEFAULT_TIMEOUT);
        return new GitAnchorStore(remote, scratch, new Signature("reader", "reader@localhost")).all();
    }

    private static Map<String, String> bucket(String path, Map<String, String> environment) {
        String region = environment.getOrDefault("AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", ""));
        if (region.isEmpty()) {
            throw new AnchorFailed(new Fault.Refused(
                    ExternalSystem.AWS,
                    "reading the anchors of " + S3 + path,
                    "the region is not known",
                    "set AWS_REGION to the bucket's region"));
        }
        int slash = path.indexOf('/');
        Optional<URI> endpoint =
                Optional.ofNullable(environment.get("AWS_ENDPOINT_URL")).map(URI::create);
        try (S3AnchorStore store = new S3AnchorStore(
                slash < 0 ? path : path.substring(0, slash),
                slash < 0 ? "" : path.substring(slash + 1),
                region,
                endpoint)) {
            return store.all();
        }
    }
}
