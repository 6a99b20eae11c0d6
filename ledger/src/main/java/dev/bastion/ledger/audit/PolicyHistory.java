package dev.bastion.ledger.audit;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.file.ConfigurationCache;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.index.CheckpointValues;
import dev.bastion.ledger.index.IndexInput;
import dev.bastion.ledger.index.IndexOutput;
import dev.bastion.ledger.index.InvalidIndex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The policy of one commit after the other. An invalid version leaves the one before it in force. */
final class PolicyHistory {
    private static final int MOST_PARSED = 64;

    /**
     * A change of the policy's files.
     *
     * @param isValid whether they can be read now
     */
    record Change(List<String> files, boolean isValid) {}

    /**
     * A policy that was in force.
     *
     * @param files the versions of {@link #files}; none before the first valid policy
     */
    record Version(AccessPolicy policy, List<Optional<BlobId>> files) {
        Version {
            files = List.copyOf(files);
        }
    }

    private final CommitReader commits;
    private final FileParsers parsers;
    private final List<String> paths;
    private final LinkedHashMap<List<Optional<BlobId>>, Optional<AccessPolicy>> parsed =
            new LinkedHashMap<>(MOST_PARSED, 0.75f, true);
    private List<Optional<BlobId>> version;
    private Version inForce = new Version(ConfigurationCache.NOTHING, List.of());

    /** @param environments the directory of the policy's files */
    PolicyHistory(CommitReader commits, FileParsers parsers, String environments) {
        Layout standard = Layout.standard(environments);
        this.commits = commits;
        this.parsers = parsers;
        this.paths =
                List.of(Layout.FILE, standard.accessPolicy(), standard.people(), environments + "/allowed_signers");
        this.version = paths.stream().map(_ -> Optional.<BlobId>empty()).toList();
    }

    /** The paths of the files that make the policy. */
    List<String> files() {
        return paths;
    }

    Version inForce() {
        return inForce;
    }

    void write(IndexOutput out) {
        CheckpointValues.writeVersions(version, out);
        write(inForce, out);
    }

    static void write(Version version, IndexOutput out) {
        CheckpointValues.writeVersions(version.files(), out);
    }

    /** Goes on where another reader wrote its state. */
    void resume(IndexInput in) {
        version = CheckpointValues.readVersions(in);
        inForce = readVersion(in);
    }

    /** A version that was valid when another reader saw it. */
    Version readVersion(IndexInput in) {
        List<Optional<BlobId>> files = CheckpointValues.readVersions(in);
        return files.isEmpty()
                ? new Version(ConfigurationCache.NOTHING, files)
                : policyOf(files)
                        .map(policy -> new Version(policy, files))
                        .orElseThrow(() -> new InvalidIndex("a policy is not valid any more"));
    }

    /** Goes on to the next commit; empty when it changed none of the files. */
    Optional<Change> advance(CommitId commit) {
        List<Optional<BlobId>> now =
                paths.stream().map(path -> commits.file(commit, path)).toList();
        if (now.equals(version)) {
            return Optional.empty();
        }
        List<String> changed = paths.stream()
                .filter(path -> !now.get(paths.indexOf(path)).equals(version.get(paths.indexOf(path))))
                .toList();
        version = now;
        Optional<AccessPolicy> policy = policyOf(now);
        policy.ifPresent(valid -> inForce = new Version(valid, now));
        return Optional.of(new Change(changed, policy.isPresent()));
    }

    private Optional<AccessPolicy> policyOf(List<Optional<BlobId>> blobs) {
        Optional<AccessPolicy> policy = parsed.computeIfAbsent(blobs, this::parse);
        if (parsed.size() > MOST_PARSED) {
            parsed.pollFirstEntry();
        }
        return policy;
    }

    private Optional<AccessPolicy> parse(List<Optional<BlobId>> blobs) {
        try {
            List<Optional<byte[]>> contents =
                    blobs.stream().map(blob -> blob.flatMap(commits::content)).toList();
            return Optional.of(
                    parsers.policy().read(new PolicyDocuments(contents.get(1), contents.get(2), contents.getFirst())));
        } catch (PolicyProblems | StackOverflowError _) {
            return Optional.empty();
        }
    }
}
