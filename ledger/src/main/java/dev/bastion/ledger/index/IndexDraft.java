package dev.bastion.ledger.index;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index that is written, section by section in their order. {@link #keep} puts it in its place, and closing it before drops it.
 * A disk that fails fails nobody: the draft takes the rest, and is not kept.
 */
public final class IndexDraft implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexDraft.class);
    private static final int BUFFER = 1 << 16;

    private final Path place;
    private final Path temporary;
    private final Mac mac;
    private final DraftFile file;
    private final Map<IndexSection, SectionPlace> places = new EnumMap<>(IndexSection.class);
    private @Nullable OpenSection open;
    private boolean isKept;

    /** The section that is being written. */
    private record OpenSection(IndexSection section, long from, DeflaterOutputStream bytes, IndexOutput values) {}

    IndexDraft(Path place, Path temporary, Mac mac) throws IOException {
        this.place = place;
        this.temporary = temporary;
        this.mac = mac;
        this.file = new DraftFile(Files.newOutputStream(temporary));
    }

    /** Begins a section, which ends the one before. */
    public IndexOutput begin(IndexSection section) {
        endSection();
        DeflaterOutputStream bytes = deflated(file);
        IndexOutput values = new IndexOutput(bytes);
        open = new OpenSection(section, file.written, bytes, values);
        return values;
    }

    private void endSection() {
        OpenSection ended = open;
        open = null;
        if (ended != null) {
            ended.values().flush();
            try {
                ended.bytes().close();
            } catch (IOException e) {
                throw new IllegalStateException("a draft takes what it is given", e);
            }
            places.put(ended.section(), SectionPlace.of(ended.from(), file.written - ended.from(), file.digest));
        }
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

    /** Puts the index in its place. */
    public void keep() {
        endSection();
        byte[] table = SectionPlace.table(places);
        file.write(table, 0, table.length);
        byte[] code = mac.doFinal(table);
        file.write(code, 0, code.length);
        try {
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
        endSection();
        try {
            file.end();
            if (!isKept) {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("file", temporary).setCause(e).log("index.not-deleted");
        }
    }

    /** The file, which stays open while sections of it are closed, and remembers a failure. */
    private static final class DraftFile extends OutputStream {
        private final OutputStream to;
        /** Of what was written since it was asked for. */
        private final MessageDigest digest = SectionPlace.sha256();

        private long written;
        private boolean isEnded;
        private @Nullable IOException failure;

        private DraftFile(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int each) {
            write(new byte[] {(byte) each}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            digest.update(bytes, from, length);
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

        /** Closes the file at {@link #end} alone. */
        @Override
        public void close() {}

        private void end() throws IOException {
            if (!isEnded) {
                isEnded = true;
                to.close();
            }
        }
    }
}
