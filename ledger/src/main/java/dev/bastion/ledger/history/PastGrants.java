package dev.bastion.ledger.history;

import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The grants of one environment that are over, newest first. Immutable, and one more costs the same however many. */
public final class PastGrants implements Iterable<PastGrant> {
    static final PastGrants NONE = new PastGrants(null, null);

    private final @Nullable PastGrant newest;
    private final @Nullable PastGrants older;

    private PastGrants(@Nullable PastGrant newest, @Nullable PastGrants older) {
        this.newest = newest;
        this.older = older;
    }

    PastGrants with(PastGrant one) {
        return new PastGrants(one, this);
    }

    public Optional<PastGrant> of(RequestId request) {
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
