package dev.bastion.ledger.git.object;

/** The name of a file's bytes: a git object id, 40 lower-case hexadecimal digits. */
public record BlobId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
