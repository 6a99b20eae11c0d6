package dev.bastion.ledger.git.object;

/** The git object id of a file's content: 40 lower-case hexadecimal digits. */
public record BlobId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
