package dev.bastion.ledger.index;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index that is written. First the events, then the state; {@link #keep} puts it in its place, and closing it before drops it.
 * A disk that fails fails nobody: the draft takes the rest, and is not kept.
 */
public final class IndexDraft implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexDraft.class);
    private static final int BUFFER = 1 << 16;

    private final Path place;
    private final Path temporary;
    private final Authenticated file;
    private final DeflaterOutputStream eventBytes;
    private final IndexOutput events;
    private boolean isKept;

    IndexDraft(Path place, Path temporary, Mac mac) throws IOException {
        this.place = place;
        this.temporary = temporary;
        this.file = new Authenticated(Files.newOutputStream(temporary), mac);
        this.eventBytes = deflated(file);
        this.events = new IndexOutput(eventBytes);
    }

    /** Fast rather than small: a long history has hundreds of megabytes of it. */
    private static DeflaterOutputStream deflated(OutputStream to) {
        return new DeflaterOutputStream(to, new Deflater(Deflater.BEST_SPEED), BUFFER) {
            @Override
            public void close() throws IOException {
                super.close();
                def.end();
            }
        };
    }

    public IndexOutput events() {
        return events;
    }

    /** Writes the state, and puts the index in its place. */
    public void keep(Consumer<IndexOutput> state) {
        try {
            events.flush();
            eventBytes.close();
            long length = file.written;
            try (DeflaterOutputStream out = deflated(file)) {
                IndexOutput values = new IndexOutput(out);
                state.accept(values);
                values.flush();
            }
            file.write(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
            file.end();
            if (file.failure == null && file.written <= HistoryIndex.mostBytes()) {
                Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                isKept = true;
            }
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("file", place).setCause(e).log("index.not-written");
        }
    }

    @Override
    public void close() {
        try {
            eventBytes.close();
            file.end();
            if (!isKept) {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("file", temporary).setCause(e).log("index.not-deleted");
        }
    }

    /** A file with the code of its bytes at its end. It stays open while parts of it are closed, and remembers a failure. */
    private static final class Authenticated extends OutputStream {
        private final OutputStream to;
        private final Mac mac;
        private long written;
        private boolean isEnded;
        private @Nullable IOException failure;

        private Authenticated(OutputStream to, Mac mac) {
            this.to = to;
            this.mac = mac;
        }

        @Override
        public void write(int each) {
            write(new byte[] {(byte) each}, 0, 1);
        }

        @Override
        public void write(byte[] bytes) {
            write(bytes, 0, bytes.length);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            mac.update(bytes, from, length);
            store(bytes, from, length);
        }

        private void store(byte[] bytes, int from, int length) {
            written += length;
            if (failure == null && written <= HistoryIndex.mostBytes()) {
                try {
                    to.write(bytes, from, length);
                } catch (IOException e) {
                    failure = e;
                    LOG.atDebug().setCause(e).log("index.not-written");
                }
            }
        }

        /** Writes the code and closes the file, once. */
        private void end() throws IOException {
            if (!isEnded) {
                isEnded = true;
                byte[] code = mac.doFinal();
                store(code, 0, code.length);
                to.close();
            }
        }
    }
}
