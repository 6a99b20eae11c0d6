package dev.bastion.ledger.anchor;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.ledger.git.signature.CommitSigner;
import dev.bastion.ledger.git.signature.SshPublicKey;
import dev.bastion.ledger.git.signature.SshSignature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An anchor as text: lines {@code Key: value}, and the service's SSH signature of them. The first line differs from that of
 * every git object, so no signature of a commit fits an anchor.
 *
 * @param lines the signed text, terminated by a newline
 * @param signature the armoured signature; empty when the service signs nothing
 */
public record AnchorDocument(Anchor anchor, String lines, String signature) {
    /** More characters than any anchor has. */
    public static final int MAX_LENGTH = 8192;

    private static final String FIRST_LINE = "Bastion-Anchor: 1\n";
    private static final String SIGNATURE = "-----BEGIN SSH SIGNATURE-----";
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final String NONE = "none";

    /** The document of an anchor, signed where there is a key. */
    public static AnchorDocument of(Anchor anchor, Optional<CommitSigner> signer) {
        String lines = FIRST_LINE
                + "Repository: " + anchor.repository()
                + "\nBranch: " + anchor.branch()
                + "\nRoot: " + anchor.root()
                + "\nHead: " + anchor.head()
                + "\nCommits: " + anchor.commits()
                + "\nAnchored-At: " + anchor.at()
                + "\nPrevious: " + anchor.previous().orElse(NONE)
                + "\n";
        String signature =
                signer.map(key -> key.sign(bytes(lines)).armored() + "\n").orElse("");
        return new AnchorDocument(anchor, lines, signature);
    }

    /** The anchor in a text, which may have other text before it, like the subject of a commit; empty when there is none. */
    public static Optional<AnchorDocument> parse(String text) {
        int start = text.length() > MAX_LENGTH ? -1 : text.indexOf(FIRST_LINE);
        if (start < 0) {
            return Optional.empty();
        }
        int end = text.indexOf(SIGNATURE, start);
        String lines = end < 0 ? text.substring(start) : text.substring(start, end);
        try {
            return Optional.of(new AnchorDocument(anchor(values(lines)), lines, end < 0 ? "" : text.substring(end)));
        } catch (NoSuchElementException | InvalidValue | NumberFormatException | DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Map<String, String> values(String lines) {
        Map<String, String> values = new HashMap<>();
        for (String line : lines.split("\n", -1)) {
            int colon = line.indexOf(": ");
            if (colon > 0 && values.put(line.substring(0, colon), line.substring(colon + 2)) != null) {
                throw new NoSuchElementException("a repeated key is ambiguous: " + line);
            }
        }
        return values;
    }

    private static Anchor anchor(Map<String, String> values) {
        String previous = value(values, "Previous");
        if (!previous.equals(NONE) && !DIGEST.matcher(previous).matches()) {
            throw new NoSuchElementException("Previous");
        }
        return new Anchor(
                value(values, "Repository"),
                value(values, "Branch"),
                new CommitId(value(values, "Root")),
                new CommitId(value(values, "Head")),
                Integer.parseInt(value(values, "Commits")),
                Timestamps.parse(value(values, "Anchored-At")),
                Optional.of(previous).filter(digest -> !digest.equals(NONE)));
    }

    private static String value(Map<String, String> values, String key) {
        return Optional.ofNullable(values.get(key)).orElseThrow();
    }

    /** The key whose signature the document has; empty when it has none, or one that does not fit. */
    public Optional<SshPublicKey> signedBy() {
        return SshSignature.verifiedKey(signature, bytes(lines));
    }

    /** The whole document, terminated by a newline. */
    public String text() {
        return lines + signature;
    }

    /** The digest by which the next anchor names this one: SHA-256 of the signed lines, in hexadecimal digits. */
    public String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(lines)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
