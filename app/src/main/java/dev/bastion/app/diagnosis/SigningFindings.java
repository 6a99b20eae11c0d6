package dev.bastion.app.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.ledger.git.signature.AllowedSigner;
import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.CommitSigner;
import dev.bastion.ledger.git.signature.SshPublicKey;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The findings about the key that signs the service's commits. */
final class SigningFindings {
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    private final TrustedKeys keys;
    private final String keyFile;
    private final String listPath;
    private final Optional<AllowedSigners> listed;

    /**
     * @param keyFile the path of the key; empty for one in AWS KMS
     * @param listPath the path of {@code allowed_signers} in the repository
     * @param list its content; empty when the repository could not be read
     */
    SigningFindings(TrustedKeys keys, String keyFile, String listPath, Optional<String> list) {
        this.keys = keys;
        this.keyFile = keyFile;
        this.listPath = listPath;
        this.listed = list.map(AllowedSigners::parse);
    }

    List<Finding> all() {
        if (keys.signer().isEmpty()) {
            return List.of(Finding.warning(
                    Area.LEDGER,
                    "signing key",
                    "there is none, so everyone who may push to the branch can forge entries of the ledger",
                    "make one and set signing.key_file or signing.kms_key (docs/upgrade.md)"));
        }
        List<Finding> found = new ArrayList<>();
        CommitSigner signer = keys.signer().get();
        signer.publicKey().ifPresentOrElse(key -> found.addAll(listed(key)), () -> found.add(unusable(signer)));
        if (!keyFile.isEmpty() && isOpenToOthers(Path.of(keyFile))) {
            found.add(Finding.warning(
                    Area.LEDGER,
                    "signing key file",
                    "other accounts of this machine can read " + keyFile + " or change it",
                    "chmod 600 " + keyFile));
        }
        found.addAll(differing());
        return found;
    }

    private static Finding unusable(CommitSigner signer) {
        return Finding.problem(
                Area.LEDGER,
                "signing key",
                signer + " cannot be used, so nothing is opened, and access ends by unsigned commits",
                "check that the file is there, that the service's user may read it and that it is an"
                        + " Ed25519 key without a"
                        + " passphrase (ssh-keygen -t ed25519 -N ''); a key in KMS needs kms:Sign and"
                        + " kms:GetPublicKey");
    }

    private List<Finding> listed(SshPublicKey key) {
        if (listed.isEmpty()) {
            return List.of(Finding.ok(Area.LEDGER, "signing key", "usable"));
        }
        return listed.get().names(key)
                ? List.of(Finding.ok(Area.LEDGER, "signing key", "usable, and listed in " + listPath))
                : List.of(Finding.problem(
                        Area.LEDGER,
                        "signing key",
                        listPath + " does not list its public key, so nobody can verify the ledger's entries",
                        "add this line by an approved pull request: " + keys.principal() + " namespaces=\"git\" "
                                + key.line()));
    }

    /** The keys that only one of the two files has; a key that signed earlier may be in both. */
    private List<Finding> differing() {
        List<String> notInRepository = keys.others().signers().stream()
                .map(AllowedSigner::key)
                .filter(key -> listed.isPresent() && !listed.get().names(key))
                .map(SshPublicKey::line)
                .toList();
        return notInRepository.isEmpty()
                ? List.of()
                : List.of(Finding.warning(
                        Area.LEDGER,
                        "allowed_signers",
                        "signing.allowed_signers trusts keys that " + listPath + " does not list: "
                                + String.join(", ", notInRepository),
                        "list the same keys in both files"));
    }

    private static boolean isOpenToOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains);
        } catch (IOException | UnsupportedOperationException _) {
            return false; // that the file cannot be read is said already
        }
    }
}
