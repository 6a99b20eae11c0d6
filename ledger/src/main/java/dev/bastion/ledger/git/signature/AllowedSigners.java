package dev.bastion.ledger.git.signature;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of an {@code allowed_signers} file, as {@code ssh-keygen(1)} describes it.
 *
 * @param signers one for each line with an Ed25519 key that may sign for git
 * @param notes what was left out, for the log
 */
public record AllowedSigners(List<AllowedSigner> signers, List<String> notes) {
    public static final AllowedSigners NOBODY = new AllowedSigners(List.of(), List.of());

    /** The most characters of a file, and of one line. */
    private static final int MAX_LENGTH = 256 * 1024;

    private static final int MAX_LINE_LENGTH = 4096;

    public AllowedSigners {
        signers = List.copyOf(signers);
        notes = List.copyOf(notes);
    }

    /** Parses the file's content. A line that cannot be read allows nothing, and is noted. */
    public static AllowedSigners parse(String content) {
        if (content.length() > MAX_LENGTH) {
            return new AllowedSigners(List.of(), List.of("the file is longer than " + MAX_LENGTH + " characters"));
        }
        List<AllowedSigner> signers = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int number = 0;
        for (String line : content.split("\n", -1)) {
            number++;
            String stripped = line.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                add(stripped, number, signers, notes);
            }
        }
        return new AllowedSigners(signers, notes);
    }

    private static void add(String line, int number, List<AllowedSigner> signers, List<String> notes) {
        try {
            if (line.length() > MAX_LINE_LENGTH) {
                throw new InvalidSshFormat("is longer than " + MAX_LINE_LENGTH + " characters");
            }
            signers.add(AllowedSignerLine.parse(line));
        } catch (InvalidSshFormat e) {
            notes.add("line " + number + " " + e.getMessage() + "; it allows nothing");
        }
    }

    /** Whether a line with this principal allows the key at a time. */
    public boolean allows(SshPublicKey key, String principal, Instant at) {
        return signers.stream().anyMatch(signer -> signer.allows(key, principal, at));
    }

    /** Whether a line allows the key at a time, whomever it names. */
    boolean allows(SshPublicKey key, Instant at) {
        return signers.stream().anyMatch(signer -> signer.allows(key, at));
    }

    /** Whether any line has the key. */
    public boolean names(SshPublicKey key) {
        return signers.stream().anyMatch(signer -> signer.key().equals(key));
    }
}
