package dev.bastion.ledger.history;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The ended grants of one environment, newest first. Immutable; adding one takes constant time. */
public final class PastGrants implements Iterable<PastGrant> {
    static final PastGrants EMPTY = new PastGrants(null, null, List.of(), 0);

    private final @Nullable PastGrant newest;
    private final @Nullable PastGrants older;
    /** Few, and asked for at every read of the ledger. */
    private final List<PastGrant> breakGlass;

    private final int size;

    private PastGrants(@Nullable PastGrant newest, @Nullable PastGrants older, List<PastGrant> breakGlass, int size) {
        this.newest = newest;
        this.older = older;
        this.breakGlass = breakGlass;
        this.size = size;
    }

    /** @param oldestFirst the ended grants of one environment */
    public static PastGrants of(List<PastGrant> oldestFirst) {
        PastGrants all = EMPTY;
        for (PastGrant past : oldestFirst) {
            all = all.with(past);
        }
        return all;
    }

    PastGrants with(PastGrant past) {
        return new PastGrants(past, this, isBreakGlass(past) ? before(past, breakGlass) : breakGlass, size + 1);
    }

    private static List<PastGrant> before(PastGrant newest, List<PastGrant> older) {
        List<PastGrant> all = new ArrayList<>(older.size() + 1);
        all.add(newest);
        all.addAll(older);
        return Collections.unmodifiableList(all);
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
        int left = 0;
        for (PastGrant past : breakGlass) {
            left += past.grant().request().value().equals(request.value()) ? 1 : 0;
        }
        List<PastGrant> changed = new ArrayList<>();
        PastGrants rest = this;
        while (left > 0 && rest.newest != null && rest.older != null) {
            PastGrant past = rest.newest;
            boolean isMeant = past.grant().request().equals(request) && isBreakGlass(past);
            changed.addFirst(
                    isMeant
                            ? new PastGrant(past.grant().with(approved), past.end(), past.endedAt(), past.closedBy())
                            : past);
            left -= isMeant ? 1 : 0;
            rest = rest.older;
        }
        for (PastGrant past : changed) {
            rest = rest.with(past);
        }
        return rest;
    }

    /** The newest ones; all of them while they are less than twice as many. */
    PastGrants newest(int most) {
        if (size < 2 * most) {
            return this;
        }
        List<PastGrant> kept = stream().limit(most).toList();
        return of(kept.reversed());
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
