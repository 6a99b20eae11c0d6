package dev.bastion.ledger.index;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.zip.InflaterInputStream;
import javax.crypto.Mac;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index as a file in the directory {@code bastion} of a clone's git directory. It has two parts: the events of a history in
 * their order, and the state of its reader after them. What has not this user's authentication code counts as missing. It is
 * replaced as a whole; a file that cannot be written, or is too large, costs the next reader time and nothing else.
 */
public final class HistoryIndex {
    /** The length of the events, and the code, are the file's end. */
    static final int END_BYTES = Long.BYTES + IndexKey.MAC_BYTES;

    private static final String DIRECTORY = "bastion";
    private static final String TEMPORARY = "draft-";
    private static final long MOST_BYTES = 512L << 20;
    private static final Logger LOG = LoggerFactory.getLogger(HistoryIndex.class);

    private final Path file;
    private final Path folder;
    private final IndexKey key;

    /**
     * @param gitDirectory the directory that holds the clone's objects
     * @param name what the index is of, and its version, like {@code audit-v1}
     */
    public HistoryIndex(Path gitDirectory, String name, IndexKey key) {
        this.folder = gitDirectory.resolve(DIRECTORY);
        this.file = folder.resolve(name);
        this.key = key;
    }

    /** What the index has. */
    public static final class Content {
        private final byte[] bytes;
        private final int eventBytes;

        private Content(byte[] bytes, int eventBytes) {
            this.bytes = bytes;
            this.eventBytes = eventBytes;
        }

        /** The state of the reader after the events. */
        public IndexInput state() {
            return input(eventBytes, bytes.length - END_BYTES - eventBytes);
        }

        /** The events, oldest first. */
        public IndexInput events() {
            return input(0, eventBytes);
        }

        private IndexInput input(int from, int length) {
            return new IndexInput(new InflaterInputStream(new ByteArrayInputStream(bytes, from, length)));
        }
    }

    /** The content, if there is any that this user wrote. */
    public Optional<Content> read() {
        try {
            return isOurs(folder) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? authentic(bytes())
                    : Optional.empty();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("file", file).setCause(e).log("index.unreadable");
            return Optional.empty();
        }
    }

    private byte[] bytes() throws IOException {
        try (SeekableByteChannel channel =
                        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                InputStream in = Channels.newInputStream(channel)) {
            long size = channel.size();
            if (size > mostBytes()) {
                throw new IOException("an index of " + size + " bytes is not read");
            }
            return in.readNBytes((int) size);
        }
    }

    /** A reader of a long history holds the whole file in memory, beside what it makes of it. */
    static long mostBytes() {
        return Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 4);
    }

    private Optional<Content> authentic(byte[] bytes) {
        if (bytes.length < END_BYTES) {
            return Optional.empty();
        }
        int end = bytes.length - IndexKey.MAC_BYTES;
        Mac mac = key.mac();
        mac.update(bytes, 0, end);
        if (!MessageDigest.isEqual(mac.doFinal(), Arrays.copyOfRange(bytes, end, bytes.length))) {
            LOG.atDebug().addKeyValue("file", file).log("index.of-another-user-or-damaged");
            return Optional.empty();
        }
        long eventBytes = ByteBuffer.wrap(bytes).getLong(end - Long.BYTES);
        return eventBytes >= 0 && eventBytes <= end - Long.BYTES
                ? Optional.of(new Content(bytes, (int) eventBytes))
                : Optional.empty();
    }

    /** A new index in the place of the one that may be there; empty when none can be written. */
    public Optional<IndexDraft> draft() {
        try {
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(folder);
            }
            if (!isOurs(folder)) {
                return Optional.empty();
            }
            Path temporary = Files.createTempFile(folder, TEMPORARY, "");
            deleteLeftovers(temporary);
            return Optional.of(new IndexDraft(file, temporary, key.mac()));
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("file", file).setCause(e).log("index.not-written");
            return Optional.empty();
        }
    }

    /** Deletes what processes left that were killed: drafts that are a day older than the newest one. */
    private static void deleteLeftovers(Path newest) throws IOException {
        Instant old = Files.getLastModifiedTime(newest).toInstant().minus(Duration.ofDays(1));
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(newest.getParent(), TEMPORARY + "*")) {
            for (Path draft : drafts) {
                if (Files.getLastModifiedTime(draft).toInstant().isBefore(old)) {
                    Files.deleteIfExists(draft);
                }
            }
        }
    }

    /** A link would lead the file to somewhere else. */
    private static boolean isOurs(Path directory) {
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
    }
}
