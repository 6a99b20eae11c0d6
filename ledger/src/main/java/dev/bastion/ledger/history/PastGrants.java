package dev.bastion.ledger.history;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The ended grants of one environment, newest first. Immutable; adding one takes constant time. */
public final class PastGrants implements Iterable<PastGrant> {
    static final PastGrants EMPTY = new PastGrants(null, null, List.of());

    private final @Nullable PastGrant newest;
    private final @Nullable PastGrants older;
    /** Few, and asked for at every read of the ledger. */
    private final List<PastGrant> breakGlass;

    private PastGrants(@Nullable PastGrant newest, @Nullable PastGrants older, List<PastGrant> breakGlass) {
        this.newest = newest;
        this.older = older;
        this.breakGlass = breakGlass;
    }

    PastGrants with(PastGrant past) {
        return new PastGrants(
                past,
                this,
                isBreakGlass(past)
                        ? Stream.concat(Stream.of(past), breakGlass.stream()).toList()
                        : breakGlass);
    }

    /** The break-glass grants, newest first. */
    public List<PastGrant> breakGlass() {
        return breakGlass;
    }

    private static boolean isBreakGlass(PastGrant past) {
        return past.grant().approvalBasis() instanceof ApprovalBasis.BreakGlass;
    }

    /** With the retroactive approval of a break-glass grant; the same when it has none of that request. */
    PastGrants withApproval(RequestId request, ApprovalBasis.BreakGlass approved) {
        if (breakGlass.stream().noneMatch(past -> past.grant().request().equals(request))) {
            return this;
        }
        PastGrants all = EMPTY;
        for (PastGrant past : stream().toList().reversed()) {
            boolean isMeant = past.grant().request().equals(request) && isBreakGlass(past);
            Grant grant = isMeant ? past.grant().with(approved) : past.grant();
            all = all.with(new PastGrant(grant, past.end(), past.endedAt(), past.closedBy()));
        }
        return all;
    }

    /** The newest ones. */
    PastGrants newest(int most) {
        List<PastGrant> kept = stream().limit(most).toList();
        PastGrants all = EMPTY;
        for (PastGrant past : kept.reversed()) {
            all = all.with(past);
        }
        return all;
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
