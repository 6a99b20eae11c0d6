package dev.bastion.access.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * The time in which a bastion could be used, from the opening of its grant until it was gone. An instance that was observed
 * ready and never gone may still be there: such access has no end for a question about a moment or a period.
 *
 * @param until when it ended, as {@code meaning} says; empty while it is open at the head
 */
public record AccessInterval(Instant from, Optional<Instant> until, Until meaning) {
    /** What the end of the interval is. */
    public enum Until {
        /** An entry says that the instance was observed absent. */
        GONE("gone", "until it was gone"),
        /** An entry says that the instance was ready, and none that it was gone: the grant ended then. */
        UNOBSERVED("ended; not observed gone, it may still have been there", "at least, not observed gone"),
        /** No entry says that there was an instance: the grant ended then. */
        ENDED("ended; nobody observed an instance", "until its reversion"),
        /** No commit has ended it. */
        OPEN("still open", "at least, still open");

        private final String words;
        private final String lateness;

        Until(String words, String lateness) {
            this.words = words;
            this.lateness = lateness;
        }

        public String words() {
            return words;
        }

        /** What the length of late access is that has this end. */
        public String lateness() {
            return lateness;
        }
    }

    static AccessInterval of(GrantRecord grant) {
        if (grant.gone().isPresent()) {
            Instant gone = grant.gone().get().fact().at();
            return new AccessInterval(grant.openedAt(), Optional.of(gone), Until.GONE);
        }
        if (grant.ending().isPresent()) {
            Instant ended = grant.ending().get().fact().at();
            return new AccessInterval(
                    grant.openedAt(), Optional.of(ended), grant.ready().isPresent() ? Until.UNOBSERVED : Until.ENDED);
        }
        return new AccessInterval(grant.openedAt(), Optional.empty(), Until.OPEN);
    }

    /** The first moment that it certainly does not include any more; empty where nobody observed its end. */
    private Optional<Instant> certainEnd() {
        return meaning == Until.UNOBSERVED ? Optional.empty() : until;
    }

    /** Whether it may include a moment. */
    public boolean includes(Instant moment) {
        return !moment.isBefore(from)
                && certainEnd().filter(end -> !moment.isBefore(end)).isEmpty();
    }

    /** Whether any of it may be in a period. */
    public boolean overlaps(Period period) {
        boolean beginsBeforeItsEnd =
                period.to().isEmpty() || from.isBefore(period.to().get());
        boolean endsBeforeItsStart = period.from()
                .filter(start -> certainEnd().filter(end -> end.isBefore(start)).isPresent())
                .isPresent();
        return beginsBeforeItsEnd && !endsBeforeItsStart;
    }
}
