package dev.bastion.ledger.entry;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The trailers of a commit message, in order. Read as {@code git interpret-trailers --parse} reads them. */
public record Trailers(List<Trailer> all) {
    public Trailers {
        all = List.copyOf(all);
    }

    /** The trailers that the message ends with; none when it ends with something else. */
    public static Trailers in(String message) {
        return new Trailers(TrailerBlock.of(message).trailers());
    }

    /** The value of a key that stands there exactly once; a key that is said twice says nothing. */
    Optional<String> only(String key) {
        List<Trailer> found =
                all.stream().filter(trailer -> trailer.key().equals(key)).toList();
        return found.size() == 1 ? Optional.of(found.getFirst().value()) : Optional.empty();
    }

    /** Every value of a key that may stand there several times, in order. */
    List<String> every(String key) {
        return all.stream()
                .filter(trailer -> trailer.key().equals(key))
                .map(Trailer::value)
                .toList();
    }

    /** One per line, each line ended. */
    @Override
    public String toString() {
        return all.stream().map(trailer -> trailer + "\n").collect(Collectors.joining());
    }
}
