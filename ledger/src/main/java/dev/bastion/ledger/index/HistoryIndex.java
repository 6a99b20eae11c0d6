package dev.bastion.ledger.index;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index as a file in the directory {@code bastion} of a clone's git directory, in {@linkplain IndexSection sections}. What has
 * not this user's authentication code counts as missing. It is replaced as a whole; a file that cannot be written, or is too
 * large, costs the next reader time and nothing else.
 */
public final class HistoryIndex {
    /** The table of the sections, and its code, are the file's end. */
    static final int END_BYTES = SectionPlace.TABLE_BYTES + IndexKey.MAC_BYTES;

    private static final String DIRECTORY = "bastion";
    private static final String TEMPORARY = "draft-";
    private static final long MOST_BYTES = 512L << 20;
    private static final int BUFFER = 1 << 16;
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
    public final class Content {
        private final Map<IndexSection, SectionPlace> places;

        private Content(Map<IndexSection, SectionPlace> places) {
            this.places = places;
        }

        /**
         * The values of a section, which is read as a whole.
         *
         * @throws InvalidIndex when it is damaged, or another process has replaced the file
         */
        public IndexInput section(IndexSection section) {
            SectionPlace place = SectionPlace.of(places, section);
            byte[] bytes = read(place);
            if (!place.isOf(bytes)) {
                throw new InvalidIndex("the section " + section + " is damaged");
            }
            return new IndexInput(new InflaterInputStream(new ByteArrayInputStream(bytes), new Inflater(), BUFFER));
        }

        private byte[] read(SectionPlace place) {
            try (SeekableByteChannel channel = opened()) {
                return bytes(channel, place.from(), (int) place.length());
            } catch (IOException e) {
                throw new InvalidIndex("it cannot be read", e);
            }
        }
    }

    /** The content, if there is any that this user wrote. */
    public Optional<Content> read() {
        if (!isOurs(folder) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (SeekableByteChannel channel = opened()) {
            return authentic(channel);
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("file", file).setCause(e).log("index.unreadable");
            return Optional.empty();
        }
    }

    private SeekableByteChannel opened() throws IOException {
        return Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** The bytes at a place; fewer where the file ends. */
    private static byte[] bytes(SeekableByteChannel channel, long from, int length) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(length);
        channel.position(from);
        while (read.hasRemaining() && channel.read(read) >= 0) {
            // until all is read
        }
        return Arrays.copyOf(read.array(), read.position());
    }

    /** A reader of a long history holds whole sections in memory, beside what it makes of them. */
    static long mostBytes() {
        return Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 4);
    }

    private Optional<Content> authentic(SeekableByteChannel channel) throws IOException {
        long sections = channel.size() - END_BYTES;
        if (sections < 0 || sections > mostBytes()) {
            return Optional.empty();
        }
        byte[] end = bytes(channel, sections, END_BYTES);
        byte[] table = Arrays.copyOf(end, SectionPlace.TABLE_BYTES);
        byte[] code = Arrays.copyOfRange(end, SectionPlace.TABLE_BYTES, END_BYTES);
        if (!MessageDigest.isEqual(key.mac().doFinal(table), code)) {
            LOG.atDebug().addKeyValue("file", file).log("index.of-another-user-or-damaged");
            return Optional.empty();
        }
        return SectionPlace.of(table, sections).map(Content::new);
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
