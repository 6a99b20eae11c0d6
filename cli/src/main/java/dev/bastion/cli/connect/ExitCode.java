package dev.bastion.cli.connect;

/** The exit codes of {@code bastion connect}; those above 64 are the ones of sysexits.h, which no database client uses. */
enum ExitCode {
    /** Ended by the person, or with the grant. */
    DONE(0),
    /** {@code --check} found something missing. */
    INCOMPLETE(1),
    /** No bastion to connect to. */
    NO_BASTION(69),
    /** AWS does not answer, or the bastion is not ready. */
    TRY_AGAIN(75),
    /** AWS does not allow it. */
    DENIED(77),
    /** Credentials, region, plugin, client or port of this machine. */
    MISCONFIGURED(78);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
