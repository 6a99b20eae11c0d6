package dev.bastion.cli.connect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The end of a grant as it was read last, and which notices of it were given. */
final class EndWatch {
    /** From the latest to the earliest, so that the latest one that is due is found first. */
    private static final List<Duration> NOTICES = List.of(Duration.ofMinutes(5), Duration.ofMinutes(15));

    private Optional<Instant> end;
    private Duration given = Duration.ofSeconds(Long.MAX_VALUE);

    /** @param end empty where the bastion names none */
    EndWatch(Optional<Instant> end) {
        this.end = end;
    }

    Optional<Instant> end() {
        return end;
    }

    /** Takes over what was read; answers whether the end has moved. */
    boolean update(Optional<Instant> read) {
        if (read.isEmpty() || read.equals(end)) {
            return false;
        }
        end = read;
        given = Duration.ofSeconds(Long.MAX_VALUE);
        return true;
    }

    boolean isOver(Instant now) {
        return end.filter(moment -> !moment.isAfter(now)).isPresent();
    }

    /** The time that is left, when a notice of it is due; each is due once. */
    Optional<Duration> notice(Instant now) {
        Optional<Duration> left = end.map(moment -> Duration.between(now, moment));
        Optional<Duration> due = left.flatMap(time ->
                NOTICES.stream().filter(notice -> time.compareTo(notice) <= 0).findFirst());
        if (due.isEmpty() || due.get().compareTo(given) >= 0) {
            return Optional.empty();
        }
        given = due.get();
        return left;
    }
}
