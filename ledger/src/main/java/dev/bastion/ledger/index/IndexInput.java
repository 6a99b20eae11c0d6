package dev.bastion.ledger.index;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The reader of what {@link IndexOutput} wrote. Every method throws {@link InvalidIndex} where there is something else. */
public final class IndexInput {
    private static final int MOST_BYTES_OF_TEXT = 1 << 20;
    private static final int MORE = 0x80;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 13];
    private int at;
    private int end;
    private final List<String> names = new ArrayList<>();
    private final Map<String, EnvironmentName> environments = new HashMap<>();
    private final Map<String, Person> people = new HashMap<>();
    private @Nullable RequestId lastRequest;

    public IndexInput(InputStream in) {
        this.in = in;
    }

    public long number() {
        long read = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
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
                ? new String(bytes((int) -length), StandardCharsets.UTF_16BE)
                : new String(bytes((int) length), StandardCharsets.UTF_8);
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

    public String id() {
        return HexFormat.of().formatHex(bytes(20));
    }

    public CommitId commit() {
        return new CommitId(id());
    }

    public Instant moment() {
        long seconds = number();
        int nanos = count();
        try {
            return Instant.ofEpochSecond(seconds, nanos);
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
        return people.computeIfAbsent(id + " " + name, _ -> new Person(id, name));
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

    public <T> Optional<T> optional(Supplier<T> reader) {
        return flag() ? Optional.of(reader.get()) : Optional.empty();
    }

    public <T> List<T> list(Supplier<T> reader) {
        int count = count();
        List<T> values = new ArrayList<>(Math.min(count, 1024));
        for (int read = 0; read < count; read++) {
            values.add(reader.get());
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
