package dev.bastion.slack.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.GrantDuration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestGrammarTest {
    private static final int SENTENCES = 50_000;

    static Stream<Arguments> requests() throws IOException {
        try (InputStream file = Objects.requireNonNull(RequestGrammarTest.class.getResourceAsStream("requests.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#") && line.contains("|"))
                            .map(line -> line.split("\\|", 2))
                            .map(parts -> Arguments.of(parts[0].strip(), parts[1].strip()))
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isUnderstoodOrAskedAbout(String typed, String expected) {
        assertThat(shown(RequestGrammar.read(typed))).isEqualTo(expected);
    }

    @Test
    void theTableIsLong() throws IOException {
        assertThat(requests()).hasSizeGreaterThan(200).doesNotHaveDuplicates();
    }

    private static String shown(RequestText text) {
        if (!text.isUnderstood()) {
            return "ask";
        }
        String length = switch (text.length()) {
            case Length.Default _ -> "default";
            case Length.For(GrantDuration duration) -> duration.toString();
            case Length.Until(LocalTime time) -> "until " + time;
        };
        String start = text.start().map(RequestGrammarTest::shown).orElse("");
        return ((text.breakGlass() ? "! " : "") + start + length + " " + text.reason()).strip();
    }

    private static String shown(Start start) {
        return switch (start) {
            case Start.In(Duration ahead) -> "in " + GrantDuration.format(ahead) + ", ";
            case Start.OnDay(int days, LocalTime time) -> "day " + days + " " + time + ", ";
            case Start.OnDate(LocalDate date, LocalTime time) -> date + " " + time + ", ";
        };
    }

    /** A piece of a sentence, and the seconds that it says; 0 for none. */
    private record Piece(String text, long seconds) {}

    private static final List<Piece> DURATIONS = List.of(
            new Piece("2h", 7200),
            new Piece("90 minutes", 5400),
            new Piece("1h30m", 5400),
            new Piece("1.5 hours", 5400),
            new Piece("for 20m", 1200),
            new Piece("half an hour", 1800),
            new Piece("PT45M", 2700),
            new Piece("--duration 10m", 600),
            new Piece("--duration=15m", 900),
            new Piece("for an hour", 3600),
            new Piece("1 hour and 5 minutes", 3900),
            new Piece("3 days", 259200));

    private static final List<String> OTHERS = List.of(
            "INC-12",
            "slow",
            "query",
            "orders",
            "404",
            "17",
            "the",
            "job",
            "takes",
            "hangs",
            "after",
            "of",
            "and",
            "for",
            "since",
            "v1.2",
            "a",
            "an",
            "half",
            "couple",
            "-",
            ",",
            "+",
            "or",
            "to",
            "until",
            "18",
            "h",
            "hours",
            "min",
            "m",
            "--break-glass",
            "by",
            "tomorrow",
            "more",
            "1",
            "30",
            "x");

    private static final List<String> UNITS = List.of("h", "hours", "min", "m");
    private static final List<String> AMOUNTS = List.of("404", "17", "18", "1", "30", "a", "an", "half", "couple");

    /** The default only where no duration was typed, else exactly what was typed; parts beside one another add up. */
    @Test
    void nobodyEverGetsLongerThanTheWordsSay() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int understood = 0;
        for (int i = 0; i < SENTENCES; i++) {
            List<Piece> pieces = sentence(random);
            String typed = pieces.stream()
                    .map(Piece::text)
                    .collect(Collectors.joining(random.nextBoolean() ? " " : "\u00a0 \u2028"));
            List<Long> said = pieces.stream()
                    .map(Piece::seconds)
                    .filter(seconds -> seconds > 0)
                    .toList();
            RequestText text = RequestGrammar.read(typed);
            if (text.isUnderstood() && !said.isEmpty()) {
                understood++;
                assertThat(text.length())
                        .as("seed %d: %s", seed, typed)
                        .isInstanceOfSatisfying(
                                Length.For.class,
                                length -> assertThat(length.duration().length().toSeconds())
                                        .as("seed %d: %s", seed, typed)
                                        .isEqualTo(said.stream()
                                                .mapToLong(seconds -> seconds)
                                                .sum()));
            }
        }
        assertThat(understood)
                .as("sentences with a duration that were understood")
                .isGreaterThan(SENTENCES / 50);
    }

    private static final List<String> STARTS = List.of(
            "from tomorrow 02:00",
            "tomorrow at 2am",
            "on 2026-12-01 02:00",
            "2026-12-01T02:00",
            "from 02:00",
            "at 2am tomorrow",
            "in 3 hours",
            "starting tomorrow 2 am");

    /** A request for later is later or a question, but never now; and its length is the one that was typed. */
    @Test
    void aStartIsNeverTakenForTheReason() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int understood = 0;
        for (int i = 0; i < SENTENCES; i++) {
            List<Piece> pieces = sentence(random);
            String start = STARTS.get(random.nextInt(STARTS.size()));
            pieces.add(random.nextInt(pieces.size() + 1), new Piece(start, 0));
            String typed = pieces.stream().map(Piece::text).collect(Collectors.joining(" "));
            RequestText text = RequestGrammar.read(typed);
            if (text.isUnderstood()) {
                understood++;
                long said = pieces.stream().mapToLong(Piece::seconds).sum();
                assertThat(text.start()).as("seed %d: %s", seed, typed).isPresent();
                long length = text.length() instanceof Length.For(GrantDuration duration)
                        ? duration.length().toSeconds()
                        : 0;
                // "in 3 hours 90 minutes for 20m" says 20 minutes
                boolean mayBeOfTheStart = start.startsWith("in ");
                assertThat(length)
                        .as("seed %d: %s", seed, typed)
                        .isBetween(mayBeOfTheStart ? Math.min(1, said) : said, said);
            }
        }
        assertThat(understood).isGreaterThan(SENTENCES / 100);
    }

    private static String meaning(Start start, String zone, String now) {
        return switch (start.in(ZoneId.of(zone), Instant.parse(now))) {
            case Start.Meaning.At(Instant moment) -> moment.toString();
            case Start.Meaning.Doubtful _ -> "ask";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "from tomorrow 02:00, Europe/Berlin,     2026-11-27T16:00:00Z, 2026-11-28T01:00:00Z",
        "from tomorrow 02:00, America/New_York,  2026-11-27T16:00:00Z, 2026-11-28T07:00:00Z",
        "from tomorrow 02:00, Pacific/Kiritimati, 2026-11-27T16:00:00Z, 2026-11-28T12:00:00Z",
        "from tomorrow 02:00, Europe/Berlin,     2026-11-27T00:30:00Z, ask",
        "from tomorrow 02:00, Europe/Berlin,     2026-11-27T03:59:59Z, ask",
        "from tomorrow 02:00, Europe/Berlin,     2026-11-27T04:00:00Z, 2026-11-28T01:00:00Z",
        "from 23:00 for 1h,   Europe/Berlin,     2026-11-27T16:00:00Z, 2026-11-27T22:00:00Z",
        "from 02:00 for 1h,   Europe/Berlin,     2026-11-27T16:00:00Z, ask",
        "on 2026-12-01 02:00, Europe/Berlin,     2026-11-27T16:00:00Z, 2026-12-01T01:00:00Z",
        "on 2025-12-01 02:00, Europe/Berlin,     2026-11-27T16:00:00Z, ask",
        "on 9999-12-31 23:00, Europe/Berlin,     2026-11-27T16:00:00Z, 9999-12-31T22:00:00Z",
        "in 3 hours for 1h,   Europe/Berlin,     2026-11-27T16:00:00Z, 2026-11-27T19:00:00Z",
        // the clock jumps from 02:00 to 03:00, and from 03:00 back to 02:00
        "from tomorrow 02:30, Europe/Berlin,     2027-03-27T16:00:00Z, ask",
        "from tomorrow 03:00, Europe/Berlin,     2027-03-27T16:00:00Z, 2027-03-28T01:00:00Z",
        "from tomorrow 02:30, Europe/Berlin,     2027-10-30T16:00:00Z, ask",
        "from tomorrow 03:00, Europe/Berlin,     2027-10-30T16:00:00Z, 2027-10-31T02:00:00Z",
        "from tomorrow 01:59, Europe/Berlin,     2027-10-30T16:00:00Z, 2027-10-30T23:59:00Z",
    })
    void aStartIsOneMomentOfThePersonsOwnZone(String typed, String zone, String now, String expected) {
        assertThat(meaning(RequestGrammar.read(typed).start().orElseThrow(), zone, now))
                .isEqualTo(expected);
    }

    /** The end is the next such time after the start, and in doubt the earlier one. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-28T01:00:00Z, 04:00, PT2H",
        "2026-11-28T01:00:00Z, 02:00, PT24H",
        "2026-11-28T21:00:00Z, 02:00, PT4H",
        "2027-03-28T00:00:00Z, 04:00, PT2H",
        "2027-10-30T23:00:00Z, 02:30, PT1H30M",
        "2027-10-31T01:15:00Z, 02:30, PT15M",
    })
    void theEndOfARequestForLaterComesAfterItsStart(Instant start, LocalTime end, Duration length) {
        assertThat(new Length.Until(end)
                        .after(start, ZoneId.of("Europe/Berlin"))
                        .length())
                .isEqualTo(length);
    }

    private static List<Piece> sentence(Random random) {
        List<Piece> pieces = new ArrayList<>();
        int length = 1 + random.nextInt(6);
        while (pieces.size() < length) {
            Piece next = random.nextInt(4) == 0
                    ? DURATIONS.get(random.nextInt(DURATIONS.size()))
                    : new Piece(OTHERS.get(random.nextInt(OTHERS.size())), 0);
            boolean makesADuration = UNITS.contains(next.text())
                    && !pieces.isEmpty()
                    && AMOUNTS.contains(pieces.getLast().text());
            if (!makesADuration) {
                pieces.add(next);
            }
        }
        return pieces;
    }

    @Test
    void aHostileTextIsReadInBoundedTime() {
        for (String part : List.of("1", "1h", "1 ", "1h ", "a ", "p1", "for ", "--", "half an ", "1.", "until ")) {
            assertThat(RequestGrammar.read(part.repeat(4000)).questions()).hasSizeLessThan(6);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1h,3600",
        "by 1h,3600",
        "for 90 minutes,5400",
        "half an hour,1800",
        "1.5h,5400",
        "another hour,0",
        "1h please,0"
    })
    void anExtensionIsADurationAndNothingElse(String typed, long seconds) {
        assertThat(RequestGrammar.duration(typed)
                        .map(found -> found.length().toSeconds())
                        .orElse(0L))
                .isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({"18:00,28800", "10:00:30,30", "10:00,0", "09:59,0", "00:00,0"})
    void aTimeIsOneOfThePersonsOwnDay(LocalTime time, long seconds) {
        Instant now = Instant.parse("2026-11-27T09:00:00Z");
        Duration length = new Length.Until(time)
                .from(now, ZoneId.of("Europe/Berlin"))
                .map(GrantDuration::length)
                .orElse(Duration.ZERO);
        assertThat(length).isEqualTo(Duration.ofSeconds(seconds));
    }
}
