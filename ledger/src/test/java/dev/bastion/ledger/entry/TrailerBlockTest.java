package dev.bastion.ledger.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trailer blocks as git parses them; {@link GitTrailersIT} checks the same cases with git. */
class TrailerBlockTest {
    record Case(String message, List<String> trailers) {}

    static List<Case> cases() {
        return List.of(
                new Case("subject\n\nA: 1\nB: 2\n", List.of("A: 1", "B: 2")),
                new Case("subject\n\nbody\n\nA: 1\n\n\n", List.of("A: 1")),
                new Case("A: 1\nB: 2\n", List.of()),
                new Case("subject\n\nA: 1\n\nbody\n", List.of()),
                new Case("subject\n\nA: 1\nnot one\n", List.of()),
                new Case("subject\n\nA: 1\nnot one\nSigned-off-by: x\n", List.of("A: 1", "Signed-off-by: x")),
                new Case("subject\n\na\nb\nc\nd\ne\nSigned-off-by: x\n", List.of()),
                new Case("subject\n\nA: 1\n(cherry picked from commit abc)\n", List.of("A: 1")),
                new Case("subject\n\nA: 1\n  and more\nB: 2\n", List.of("A: 1 and more", "B: 2")),
                new Case("subject\n\n  and more\nA: 1\n", List.of()),
                new Case("subject\n\nA : 1\n", List.of("A: 1")),
                new Case("subject\n\nA:1\n", List.of("A: 1")),
                new Case("subject\n\nAé: 1\n", List.of()),
                new Case("subject\n\nA: 1\n# a comment\nB: 2\n", List.of("A: 1", "B: 2")),
                new Case("subject\r\n\r\nA: 1\r\n", List.of("A: 1")),
                new Case("subject\n\r\nA: 1\rB: 2\n\r", List.of("A: 1", "B: 2")),
                new Case("subject", List.of()),
                new Case("", List.of()));
    }

    /** Texts with line ends that git does not know. No message of the service has one; they read as they always did. */
    static List<Case> otherLineEnds() {
        return List.of(
                new Case("subject\r\rA: 1\r\rB: 2", List.of("B: 2")),
                new Case("subject\n\nA: 1\u2028B: 2\n", List.of()));
    }

    @ParameterizedTest
    @MethodSource("otherLineEnds")
    void otherLineEndsReadAsBefore(Case one) {
        assertThat(Trailers.parse(one.message()).all())
                .extracting(Trailer::toString)
                .isEqualTo(one.trailers());
    }

    /** As many lines of a trailer as a message of a megabyte has. */
    @Test
    @Timeout(20)
    void manyContinuationLinesTakeLinearTime() {
        String value = Trailers.parse("subject\n\nA: 1\n" + "  x\n".repeat(400_000))
                .single("A")
                .orElseThrow();
        assertThat(value).hasSize(1 + 2 * 400_000);
        assertThat(Trailers.parse("subject\n\n" + "A: 1\n".repeat(200_000)).all())
                .hasSize(200_000);
        assertThat(Trailers.parse("subject\n\n" + "-".repeat(1_000_000)).all()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void parsesAsGitDoes(Case one) {
        assertThat(Trailers.parse(one.message()).all())
                .extracting(Trailer::toString)
                .isEqualTo(one.trailers());
    }
}
