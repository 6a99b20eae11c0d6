package dev.bastion.ledger.git.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The signature in a commit object: its one header {@code gpgsig}, and the bytes that it signs, which are all others. A commit
 * with two such headers, or with a signature beyond any real one's length, counts as unsigned.
 *
 * @param signed the commit without the header
 */
@SuppressWarnings("ArrayRecordComponent")
public record CommitSignature(byte[] signed, SshSignature signature) {
    private static final byte[] HEADER = "gpgsig ".getBytes(StandardCharsets.US_ASCII);

    /** The headers that a commit of the service has; one that has any other was made by something else. */
    private static final List<byte[]> HEADERS = Stream.of("tree ", "parent ", "author ", "committer ")
            .map(name -> name.getBytes(StandardCharsets.US_ASCII))
            .toList();

    private static final int MAX_COMMIT_LENGTH = 256 * 1024;

    /** The key that made a commit's signature; empty when there is no signature, or none that matches. */
    public static Optional<SshPublicKey> verifiedKey(byte[] commit) {
        return of(commit)
                .filter(found -> found.signature().verifies(found.signed()))
                .map(found -> found.signature().key());
    }

    /** The signature in a commit object, not verified. */
    public static Optional<CommitSignature> of(byte[] commit) {
        if (commit.length > MAX_COMMIT_LENGTH || !hasSignature(commit)) {
            return Optional.empty();
        }
        ByteArrayOutputStream signed = new ByteArrayOutputStream(commit.length);
        List<String> signatures = new ArrayList<>();
        int at = 0;
        while (at < commit.length && commit[at] != '\n') {
            int end = endOfHeader(commit, at);
            if (startsWith(commit, at, HEADER)) {
                signatures.add(unfolded(commit, at + HEADER.length, end));
            } else if (isKnown(commit, at)) {
                signed.write(commit, at, end - at);
            } else {
                return Optional.empty();
            }
            at = end;
        }
        signed.write(commit, at, commit.length - at);
        return signatures.size() == 1
                ? SshSignature.parse(signatures.getFirst())
                        .map(signature -> new CommitSignature(signed.toByteArray(), signature))
                : Optional.empty();
    }

    /** Most commits of a ledger that is not signed are told by this alone, without a copy of them. */
    private static boolean hasSignature(byte[] commit) {
        int at = 0;
        while (at < commit.length && commit[at] != '\n') {
            if (startsWith(commit, at, HEADER)) {
                return true;
            }
            at = endOfHeader(commit, at);
        }
        return false;
    }

    private static boolean isKnown(byte[] commit, int at) {
        for (byte[] name : HEADERS) {
            if (startsWith(commit, at, name)) {
                return true;
            }
        }
        return false;
    }

    /** The index behind a header, which goes on in lines that begin with a space. */
    private static int endOfHeader(byte[] commit, int from) {
        int at = from;
        do {
            while (at < commit.length && commit[at] != '\n') {
                at++;
            }
            at = Math.min(at + 1, commit.length);
        } while (at < commit.length && commit[at] == ' ');
        return at;
    }

    private static String unfolded(byte[] commit, int from, int end) {
        return end - from > 2 * SshSignature.MAX_LENGTH
                ? ""
                : new String(commit, from, end - from, StandardCharsets.US_ASCII).replace("\n ", "\n");
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] prefix) {
        if (at + prefix.length > bytes.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[at + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
