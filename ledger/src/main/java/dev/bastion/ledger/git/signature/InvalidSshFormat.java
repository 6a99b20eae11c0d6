package dev.bastion.ledger.git.signature;

/** The fault that bytes or text do not have the SSH format that was expected. */
final class InvalidSshFormat extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidSshFormat(String message) {
        super(message);
    }
}
