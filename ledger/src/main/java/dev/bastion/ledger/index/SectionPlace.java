package dev.bastion.ledger.index;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a section stands in an index, and the SHA-256 of its bytes there. The table of all places is what the file's code
 * authenticates, so that no section can be put into another index.
 *
 * @param digest in hexadecimal digits
 */
record SectionPlace(long from, long length, String digest) {
    private static final int DIGEST_BYTES = 32;

    /** The length of the table of places. */
    static final int TABLE_BYTES = IndexSection.values().length * (Long.BYTES + DIGEST_BYTES);

    private static final SectionPlace EMPTY = of(0, 0, sha256());

    /** @param read what the section's bytes went through */
    static SectionPlace of(long from, long length, MessageDigest read) {
        return new SectionPlace(from, length, HexFormat.of().formatHex(read.digest()));
    }

    /** The lengths and digests of all sections, in their order. */
    static byte[] table(Map<IndexSection, SectionPlace> places) {
        ByteBuffer table = ByteBuffer.allocate(TABLE_BYTES);
        for (IndexSection section : IndexSection.values()) {
            SectionPlace place = places.getOrDefault(section, EMPTY);
            table.putLong(place.length()).put(HexFormat.of().parseHex(place.digest()));
        }
        return table.array();
    }

    /**
     * The places of a table.
     *
     * @param size of all sections together; empty when the table is of another size
     */
    static Optional<Map<IndexSection, SectionPlace>> of(byte[] table, long size) {
        ByteBuffer bytes = ByteBuffer.wrap(table);
        Map<IndexSection, SectionPlace> places = new EnumMap<>(IndexSection.class);
        long from = 0;
        for (IndexSection section : IndexSection.values()) {
            long length = bytes.getLong();
            if (length < 0 || length > size - from) {
                return Optional.empty();
            }
            byte[] digest = new byte[DIGEST_BYTES];
            bytes.get(digest);
            places.put(section, new SectionPlace(from, length, HexFormat.of().formatHex(digest)));
            from += length;
        }
        return from == size ? Optional.of(places) : Optional.empty();
    }

    static SectionPlace of(Map<IndexSection, SectionPlace> places, IndexSection section) {
        return Objects.requireNonNull(places.get(section));
    }

    boolean isOf(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes)).equals(digest);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
