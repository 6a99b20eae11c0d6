package dev.bastion.ledger.write;

import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes that were refused because another push was faster. Each is made again at once, on the head that won: of all who
 * push, one always succeeds, and a pause would lose the next race, too.
 */
public final class LostRaces {
    /**
     * How many a writer loses in a row before it gives up. In a repository with five other pushes a second, over a link of
     * 50 ms, a push is lost about every second time.
     */
    static final int MOST = 40;

    private static final Logger LOG = LoggerFactory.getLogger(LostRaces.class);

    private LostRaces() {}

    /**
     * Pushes until a push is not lost.
     *
     * @param push one push; empty when another one was faster, and the branch has been read again
     * @return its result; empty when it was lost {@value #MOST} times
     */
    public static <T> Optional<T> retry(Supplier<Optional<T>> push) {
        Optional<T> result = Optional.empty();
        int lost = 0;
        while (result.isEmpty() && lost < MOST) {
            result = push.get();
            lost += result.isEmpty() ? 1 : 0;
        }
        if (lost > 0) {
            LOG.atInfo().addKeyValue("count", lost).log("ledger.lost-races");
        }
        return result;
    }

    /** Why a write was given up. */
    public static String givenUp() {
        return "gave up: another push was faster " + MOST + " times in a row";
    }
}
