package dev.bastion.ledger.index;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The writer of values, which {@link IndexInput} reads in the same order. Numbers take as many bytes as they need; names that come
 * again are written once.
 */
public final class IndexOutput {
    /** The most different names that are remembered; more are written each time. */
    static final int MOST_NAMES = 16_384;

    static final int ID_BYTES = 20;

    private static final int MORE = 0x80;

    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 13];
    private int size;
    private final Map<String, Integer> names = new HashMap<>();
    private String lastRequest = "";
    private long lastSecond;

    public IndexOutput(OutputStream out) {
        this.out = out;
    }

    /** A number, of which small ones of either sign are short. */
    public void number(long number) {
        long left = (number << 1) ^ (number >> (Long.SIZE - 1));
        while ((left & -MORE) != 0) {
            put(((int) left & (MORE - 1)) | MORE);
            left >>>= 7;
        }
        put((int) left);
    }

    public void flag(boolean flag) {
        put(flag ? 1 : 0);
    }

    /** A text that seldom comes again. */
    public void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // a text that was cut can end with half a character, which UTF-8 does not have
        boolean isWhole = bytes.length == text.length() || new String(bytes, StandardCharsets.UTF_8).equals(text);
        byte[] written = isWhole ? bytes : text.getBytes(StandardCharsets.UTF_16BE);
        number(isWhole ? written.length : -written.length);
        put(written);
    }

    /** A text that is likely to come again. */
    public void name(String name) {
        Integer known = names.get(name);
        if (known != null) {
            number(known);
            return;
        }
        number(-1);
        text(name);
        if (names.size() < MOST_NAMES) {
            names.put(name, names.size());
        }
    }

    /** The {@value #ID_BYTES} bytes of a git object's id. */
    public void id(String hexadecimal) {
        put(HexFormat.of().parseHex(hexadecimal));
    }

    public void commit(CommitId commit) {
        id(commit.value());
    }

    /** A moment, which often is near the one before. */
    public void moment(Instant moment) {
        number(moment.getEpochSecond() - lastSecond);
        lastSecond = moment.getEpochSecond();
        number(moment.getNano());
    }

    public void environment(EnvironmentName environment) {
        name(environment.value());
    }

    public void person(Person person) {
        name(person.id());
        name(person.name());
    }

    /** A request's id, which often is the one before. */
    public void request(RequestId request) {
        boolean isSame = request.value().equals(lastRequest);
        flag(isSame);
        if (!isSame) {
            lastRequest = request.value();
            text(lastRequest);
        }
    }

    public <T> void optional(Optional<T> value, Consumer<T> writer) {
        flag(value.isPresent());
        value.ifPresent(writer);
    }

    public <T> void list(Collection<T> values, Consumer<T> writer) {
        number(values.size());
        values.forEach(writer);
    }

    /** Bytes that another writer made, which have names of their own. */
    public void block(byte[] bytes) {
        number(bytes.length);
        put(bytes);
    }

    private void put(int each) {
        if (size == buffer.length) {
            flush();
        }
        buffer[size++] = (byte) each;
    }

    private void put(byte[] bytes) {
        int from = 0;
        while (from < bytes.length) {
            if (size == buffer.length) {
                flush();
            }
            int length = Math.min(bytes.length - from, buffer.length - size);
            System.arraycopy(bytes, from, buffer, size, length);
            size += length;
            from += length;
        }
    }

    /** Hands on what was written; needed once, at the end. */
    public void flush() {
        try {
            out.write(buffer, 0, size);
            size = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
