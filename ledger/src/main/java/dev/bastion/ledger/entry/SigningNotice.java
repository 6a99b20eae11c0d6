package dev.bastion.ledger.entry;

import dev.bastion.ledger.git.signature.SshPublicKey;
import java.util.List;

/**
 * The message of the empty commit from which on entries are signed. It is for people: the commit's signature is what counts, and
 * any other signed commit would do as well.
 */
public final class SigningNotice {
    private static final String SIGN = "sign";
    private static final String SIGNING_KEY = "Signing-Key";

    private SigningNotice() {}

    /** Whether this is such a message. */
    public static boolean isIn(String message) {
        return Trailers.parse(message)
                .single(CommitMessage.ACTION)
                .filter(SIGN::equals)
                .isPresent();
    }

    /** The complete message, terminated by a newline. */
    public static String of(SshPublicKey key) {
        return """
                bastion: entries are signed from here on

                From this commit on, a commit is an entry of the ledger only with the service's signature; any other is a manual edit.

                """
                + new Trailers(List.of(new Trailer(CommitMessage.ACTION, SIGN), new Trailer(SIGNING_KEY, key.line())));
    }
}
