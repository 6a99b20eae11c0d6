package dev.bastion.ledger.git.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;

/**
 * The limit of the packs that a fetch may bring.
 *
 * @param bytes the most bytes of a pack, and the most of one object in it, uncompressed
 * @param until when the fetch must be over
 */
public record PackLimit(long bytes, Instant until, InstantSource clock) {
    /** No limit: the ledger's own branch has to be read, however large it is. */
    public static final PackLimit NONE = new PackLimit(Long.MAX_VALUE, Instant.MAX, () -> Instant.MIN);

    ObjectInserter of(ObjectInserter inserter) {
        return new Limited(inserter);
    }

    /** Whether the fetch failed because of this limit. */
    boolean isExceeded(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof PackTooLarge || at instanceof TooLargeObjectInPackException) {
                return true;
            }
        }
        return false;
    }

    private void require(long read) throws IOException {
        if (read > bytes) {
            throw new PackTooLarge("a pack of more than " + bytes + " bytes");
        }
        if (!clock.instant().isBefore(until)) {
            throw new PackTooLarge("a pack that did not arrive in time");
        }
    }

    /** The fault that a fetch brings more, or takes longer, than its limit allows. */
    static final class PackTooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        private PackTooLarge(String what) {
            super(what);
        }
    }

    private final class Limited extends ObjectInserter.Filter {
        private final ObjectInserter stored;

        private Limited(ObjectInserter stored) {
            this.stored = stored;
        }

        @Override
        protected ObjectInserter delegate() {
            return stored;
        }

        @Override
        public PackParser newPackParser(InputStream in) throws IOException {
            PackParser parser = stored.newPackParser(new Counted(in));
            parser.setMaxObjectSizeLimit(bytes);
            return parser;
        }
    }

    private final class Counted extends FilterInputStream {
        private long read;

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            require(++read);
            return super.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            read += Math.max(0, count);
            require(read);
            return count;
        }
    }
}
