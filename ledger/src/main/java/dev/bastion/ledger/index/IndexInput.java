package dev.bastion.ledger.index;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The reader of what {@link IndexOutput} wrote. Every method throws {@link InvalidIndex} where there is something else. */
public final class IndexInput {
    private static final int MOST_BYTES_OF_TEXT = 1 << 20;
    private static final int MORE = 0x80;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 15];
    private int at;
    private int end;
    private final List<String> names = new ArrayList<>();
    private final Map<String, EnvironmentName> environments = new HashMap<>();
    /** The one who was read last with each id: a name seldom changes. */
    private final Map<String, Person> lastPeople = new HashMap<>();

    private @Nullable RequestId lastRequest;
    private long lastSecond;

    public IndexInput(InputStream in) {
        this.in = in;
    }

    public long number() {
        int first = next();
        return (first & MORE) == 0 ? first >>> 1 ^ -(first & 1) : longNumber(first);
    }

    private long longNumber(int first) {
        long read = first & (MORE - 1);
        for (int shift = 7; shift < Long.SIZE; shift += 7) {
            int each = next();
            read |= (long) (each & (MORE - 1)) << shift;
            if ((each & MORE) == 0) {
                return read >>> 1 ^ -(read & 1);
            }
        }
        throw new InvalidIndex("a number has too many bytes");
    }

    /** A number that counts something. */
    public int count() {
        long count = number();
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw new InvalidIndex("a count is " + count);
        }
        return (int) count;
    }

    public boolean flag() {
        return switch (next()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new InvalidIndex("a flag is neither 0 nor 1");
        };
    }

    public String text() {
        long length = number();
        if (Math.abs(length) > MOST_BYTES_OF_TEXT) {
            throw new InvalidIndex("a text has " + length + " bytes");
        }
        return length < 0
                ? string((int) -length, StandardCharsets.UTF_16BE)
                : string((int) length, StandardCharsets.UTF_8);
    }

    private String string(int length, Charset charset) {
        if (length > end - at) {
            return new String(bytes(length), charset);
        }
        at += length;
        return new String(buffer, at - length, length, charset);
    }

    public String name() {
        long known = number();
        if (known >= 0 && known < names.size()) {
            return names.get((int) known);
        }
        if (known != -1) {
            throw new InvalidIndex("no name has the number " + known);
        }
        String name = text();
        if (names.size() < IndexOutput.MOST_NAMES) {
            names.add(name);
        }
        return name;
    }

    /** The id of a git object. A history has many, so it is made digit by digit without what is more general. */
    public String id() {
        byte[] id = bytes(IndexOutput.ID_BYTES);
        byte[] digits = new byte[2 * IndexOutput.ID_BYTES];
        for (int place = 0; place < id.length; place++) {
            digits[2 * place] = DIGITS[id[place] >> 4 & 0xf];
            digits[2 * place + 1] = DIGITS[id[place] & 0xf];
        }
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    public CommitId commit() {
        return new CommitId(id());
    }

    public Instant moment() {
        lastSecond += number();
        int nanos = count();
        try {
            return Instant.ofEpochSecond(lastSecond, nanos);
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidIndex("a moment is out of range", e);
        }
    }

    public EnvironmentName environment() {
        return environments.computeIfAbsent(name(), EnvironmentName::new);
    }

    public Person person() {
        String id = name();
        String name = name();
        Person last = lastPeople.get(id);
        if (last == null || !last.name().equals(name)) {
            last = new Person(id, name);
            lastPeople.put(id, last);
        }
        return last;
    }

    public RequestId request() {
        boolean isSame = flag();
        RequestId request = lastRequest;
        if (isSame && request == null) {
            throw new InvalidIndex("no request is before the first");
        }
        if (!isSame || request == null) {
            request = new RequestId(text());
            lastRequest = request;
        }
        return request;
    }

    /** An address, as {@link URI#toString} has it. */
    public URI page() {
        return URI.create(text());
    }

    /** @param reader of the value; one that captures nothing costs no object for each of many */
    public <T> Optional<T> optional(Function<IndexInput, T> reader) {
        return flag() ? Optional.of(reader.apply(this)) : Optional.empty();
    }

    public <T> List<T> list(Function<IndexInput, T> reader) {
        int count = count();
        if (count == 0) {
            return List.of();
        }
        List<T> values = new ArrayList<>(Math.min(count, 1024));
        for (int read = 0; read < count; read++) {
            values.add(reader.apply(this));
        }
        return values;
    }

    /** What {@link IndexOutput#block} wrote, with a reader of its own. */
    public IndexInput block() {
        return new IndexInput(new ByteArrayInputStream(bytes(count())));
    }

    private byte[] bytes(int count) {
        byte[] read = new byte[count];
        int from = 0;
        while (from < count) {
            if (at == end) {
                fill();
            }
            int length = Math.min(count - from, end - at);
            System.arraycopy(buffer, at, read, from, length);
            at += length;
            from += length;
        }
        return read;
    }

    private int next() {
        if (at == end) {
            fill();
        }
        return buffer[at++] & 0xff;
    }

    private void fill() {
        try {
            at = 0;
            end = in.read(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw new InvalidIndex("it cannot be read", e);
        }
        if (end < 0) {
            end = 0;
            throw new InvalidIndex("it ends too early");
        }
    }
}
