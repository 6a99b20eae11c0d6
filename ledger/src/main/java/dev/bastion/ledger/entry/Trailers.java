package dev.bastion.ledger.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The trailers of a commit message, in order, as {@code git interpret-trailers --parse} reads them. */
public record Trailers(List<Trailer> all) {
    public Trailers {
        all = List.copyOf(all);
    }

    /** The trailers at the end of the message; none when it ends with other text. */
    public static Trailers parse(String message) {
        return new Trailers(TrailerBlock.of(message).trailers());
    }

    /** The value of a key that occurs exactly once; empty for a repeated key, which is ambiguous. */
    Optional<String> single(String key) {
        Optional<String> found = Optional.empty();
        for (Trailer trailer : all) {
            if (trailer.key().equals(key)) {
                if (found.isPresent()) {
                    return Optional.empty();
                }
                found = Optional.of(trailer.value());
            }
        }
        return found;
    }

    /** All values of a key that may repeat, in order. */
    List<String> valuesOf(String key) {
        List<String> values = new ArrayList<>();
        for (Trailer trailer : all) {
            if (trailer.key().equals(key)) {
                values.add(trailer.value());
            }
        }
        return values;
    }

    /** One line per trailer, each terminated by a newline. */
    @Override
    public String toString() {
        return all.stream().map(trailer -> trailer + "\n").collect(Collectors.joining());
    }
}
