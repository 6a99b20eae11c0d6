package dev.bastion.cli.audit.verify;

import dev.bastion.access.grant.CommitId;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.signature.AllowedSigner;
import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The choice of the keys that a verification trusts.
 *
 * @param file from outside the repository
 * @param signer the service's address in it
 * @param since the commit from which on entries are signed
 */
public record SignerOptions(Optional<Path> file, Optional<String> signer, Optional<CommitId> since) {
    public static final String AMBIGUOUS =
            "The allowed signers have several addresses or a pattern. Name the service's with"
                    + " --signer, so that signatures of people do not count as its own.";

    /** @throws CannotVerify when the file cannot be read, or does not say which key is the service's */
    public TrustedKeys keys(LocalClone clone, CommitId head, String environments, PrintWriter err) {
        Optional<String> content =
                file.isPresent() ? Optional.of(read(file.get())) : ownCopy(clone, head, environments, err);
        AllowedSigners signers = content.map(AllowedSigners::parse).orElse(AllowedSigners.NOBODY);
        signers.notes().forEach(note -> err.println("note: allowed signers: " + note));
        if (file.isPresent() && signers.signers().isEmpty()) {
            throw new CannotVerify(file.get() + " has no Ed25519 key for git. Its lines look like: "
                    + "bastion@example.com namespaces=\"git\" ssh-ed25519 AAAA…");
        }
        if (since.isPresent() && signers.signers().isEmpty()) {
            throw new CannotVerify("--signed-since needs the service's keys. Give them with --allowed-signers.");
        }
        return signers.signers().isEmpty() ? TrustedKeys.NONE : TrustedKeys.ofReader(signers, address(signers), since);
    }

    /** Signatures of people, whose keys the file may also have, are no entries. */
    private String address(AllowedSigners signers) {
        return addressOf(signers, signer).orElseThrow(() -> new CannotVerify(AMBIGUOUS));
    }

    /** The service's address: the one that was named, else the only one; empty where there are several or a pattern. */
    public static Optional<String> addressOf(AllowedSigners signers, Optional<String> named) {
        List<String> addresses = signers.signers().stream()
                .map(AllowedSigner::principals)
                .flatMap(List::stream)
                .distinct()
                .toList();
        boolean isOne = addresses.size() == 1 && !addresses.getFirst().matches(".*[*?!].*");
        // an empty address, as of a variable that is not set, would match everybody's line
        return named.filter(address -> !address.isBlank())
                .or(() -> isOne ? Optional.of(addresses.getFirst()) : Optional.empty());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CannotVerify(file + " cannot be read: " + e + ". Name a readable file with --allowed-signers.");
        }
    }

    private static Optional<String> ownCopy(LocalClone clone, CommitId head, String environments, PrintWriter err) {
        try (CommitReader commits = clone.commits()) {
            String path = Layout.standard(environments).allowedSigners();
            Optional<String> copy = commits.file(head, path)
                    .flatMap(commits::content)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
            err.println(
                    copy.isPresent()
                            ? "note: the keys are those of " + path
                                    + " in the repository, which its writers can change."
                                    + " This proves only that the history fits them; use --allowed-signers."
                            : "note: no keys were given, and the repository lists none, so no signature is checked."
                                    + " Use --allowed-signers.");
            return copy;
        }
    }
}
