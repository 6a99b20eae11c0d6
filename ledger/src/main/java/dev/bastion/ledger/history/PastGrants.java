package dev.bastion.ledger.history;

import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The ended grants of one environment, newest first. Immutable; adding one takes constant time. */
public final class PastGrants implements Iterable<PastGrant> {
    static final PastGrants EMPTY = new PastGrants(null, null);

    private final @Nullable PastGrant newest;
    private final @Nullable PastGrants older;

    private PastGrants(@Nullable PastGrant newest, @Nullable PastGrants older) {
        this.newest = newest;
        this.older = older;
    }

    PastGrants with(PastGrant grant) {
        return new PastGrants(grant, this);
    }

    public Optional<PastGrant> find(RequestId request) {
        return stream().filter(past -> past.grant().request().equals(request)).findFirst();
    }

    public Stream<PastGrant> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    @Override
    public Iterator<PastGrant> iterator() {
        return new Iterator<>() {
            private @Nullable PastGrants at = PastGrants.this;

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
