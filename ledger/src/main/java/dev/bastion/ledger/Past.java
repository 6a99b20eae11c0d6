package dev.bastion.ledger;

import dev.bastion.access.PastGrant;
import dev.bastion.access.RequestId;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The grants of one environment that are over, newest first. Immutable, and one more costs the same however many. */
final class Past implements Iterable<PastGrant> {
    static final Past NONE = new Past(null, null);

    private final @Nullable PastGrant newest;
    private final @Nullable Past older;

    private Past(@Nullable PastGrant newest, @Nullable Past older) {
        this.newest = newest;
        this.older = older;
    }

    Past with(PastGrant one) {
        return new Past(one, this);
    }

    Optional<PastGrant> of(RequestId request) {
        return stream().filter(past -> past.grant().request().equals(request)).findFirst();
    }

    Stream<PastGrant> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    @Override
    public Iterator<PastGrant> iterator() {
        return new Iterator<>() {
            private @Nullable Past at = Past.this;

            @Override
            public boolean hasNext() {
                return at != null && at.newest != null;
            }

            @Override
            public PastGrant next() {
                if (at == null || at.newest == null) {
                    throw new NoSuchElementException();
                }
                PastGrant next = at.newest;
                at = at.older;
                return next;
            }
        };
    }
}
