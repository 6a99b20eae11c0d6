package dev.bastion.ledger.index;

import dev.bastion.layout.Layout;
import dev.bastion.layout.PathPattern;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.ReadBudget;
import dev.bastion.ledger.git.signature.SshPublicKey;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * All that a reading of a history depends on besides its commits and the time: the program, the layout, the keys and the limits.
 * An index of another identity is not used.
 *
 * @param value the SHA-256 of it, in hexadecimal digits
 */
public record IndexIdentity(String value) {
    /** Changes whenever an index is written differently. */
    private static final int FORMAT = 5;

    /**
     * The identity; empty while the key of the signer is not known, since it decides what counts.
     *
     * @param layout the one in force
     * @param versions all versions of its file, newest first: what they say beyond the paths of environments counts as well
     */
    public static Optional<IndexIdentity> of(
            Layout layout, List<Optional<BlobId>> versions, TrustedKeys keys, ReadBudget budget, ProgramFiles program) {
        Optional<SshPublicKey> own = keys.signer().flatMap(signer -> signer.publicKey());
        if (keys.signer().isPresent() && own.isEmpty()) {
            return Optional.empty();
        }
        MessageDigest digest = SectionPlace.sha256();
        IndexOutput out = new IndexOutput(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        out.number(FORMAT);
        out.list(program.entries(), out::text);
        out.text(layout.configuration());
        for (List<PathPattern> patterns : List.of(layout.environments(), layout.former())) {
            out.list(patterns, pattern -> out.text(pattern.toString()));
        }
        CheckpointValues.writeVersions(versions, out);
        out.optional(own, key -> out.text(key.base64()));
        write(keys, out);
        out.text(budget.toString());
        out.flush();
        return Optional.of(new IndexIdentity(HexFormat.of().formatHex(digest.digest())));
    }

    private static void write(TrustedKeys keys, IndexOutput out) {
        out.list(keys.others().signers(), signer -> {
            out.list(signer.principals(), out::text);
            out.moment(signer.validAfter());
            out.moment(signer.validBefore());
            out.text(signer.key().base64());
        });
        out.text(keys.principal());
        out.optional(keys.since(), out::commit);
    }
}
