package dev.bastion.slack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Reason;
import dev.bastion.slack.grammar.Length;
import dev.bastion.slack.grammar.Start;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandParserTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final Optional<GrantDuration> NONE = Optional.empty();

    static Stream<Arguments> commands() {
        return Stream.of(
                is("", new Command.Help()),
                is("   ", new Command.Help()),
                is("help", new Command.Help()),
                is("HELP me", new Command.Help()),
                is("create", new Command.OpenRequestModal()),
                is("create dev", new Command.Create(DEV, NONE, Reason.NONE)),
                is("  create\t dev ", new Command.Create(DEV, NONE, Reason.NONE)),
                is("create\u00a0dev\u20282h", new Command.Create(DEV, hours(2), Reason.NONE)),
                is("create dev 2h", new Command.Create(DEV, hours(2), Reason.NONE)),
                is("create dev 90m", new Command.Create(DEV, of("1h30m"), Reason.NONE)),
                is("create dev INC-12 slow", new Command.Create(DEV, NONE, Reason.of("INC-12 slow"))),
                is("create dev 2h INC-12 slow", new Command.Create(DEV, hours(2), Reason.of("INC-12 slow"))),
                is("create dev 2fa is broken", new Command.Create(DEV, NONE, Reason.of("2fa is broken"))),
                is(
                        "create prod/orders 1h why",
                        new Command.Create(new EnvironmentName("prod/orders"), hours(1), Reason.of("why"))),
                is("create dev a &lt;b&gt; &amp;amp; c", new Command.Create(DEV, NONE, Reason.of("a <b> &amp; c"))),
                is("create dev --break-glass", new Command.Create(DEV, NONE, Reason.NONE, true)),
                is(
                        "create dev --break-glass INC-12 slow",
                        new Command.Create(DEV, NONE, Reason.of("INC-12 slow"), true)),
                is("create dev --BREAK-GLASS 2h why", new Command.Create(DEV, hours(2), Reason.of("why"), true)),
                is("create dev 2h --break-glass why", new Command.Create(DEV, hours(2), Reason.of("why"), true)),
                is(
                        "create dev 2h INC-12 --break-glass slow",
                        new Command.Create(DEV, hours(2), Reason.of("INC-12 slow"), true)),
                is("create dev why --break-glass", new Command.Create(DEV, NONE, Reason.of("why"), true)),
                is("create dev \u2014break-glass why", new Command.Create(DEV, NONE, Reason.of("why"), true)),
                is("create dev --breakglass why", new Command.Create(DEV, NONE, Reason.of("why"), true)),
                is("create dev x--break-glass", new Command.Create(DEV, NONE, Reason.of("x--break-glass"))),
                is("create --break-glass dev why", new Command.Create(DEV, NONE, Reason.of("why"), true)),
                is("create --break-glass", new Command.OpenRequestModal()),
                is(
                        "create dev until 18:00 why",
                        new Command.CreateAt(
                                DEV, Optional.empty(), new Length.Until(LocalTime.of(18, 0)), Reason.of("why"), false)),
                is(
                        "create dev from tomorrow 02:00 for 2h why",
                        new Command.CreateAt(
                                DEV,
                                Optional.of(new Start.OnDay(1, LocalTime.of(2, 0))),
                                new Length.For(GrantDuration.parse("2h")),
                                Reason.of("why"),
                                false)),
                is("extend dev by 90 minutes", new Command.Extend(DEV, of("1h30m"))),
                is("extend dev for half an hour", new Command.Extend(DEV, of("30m"))),
                is("status", new Command.Status(Optional.empty())),
                is("status dev", new Command.Status(Optional.of(DEV))),
                is("me", new Command.Me()),
                is(" ME ", new Command.Me()),
                is("requests", new Command.Requests()),
                is("mine", new Command.UnknownCommand("mine", Optional.of("me"))),
                is("em", new Command.UnknownCommand("em", Optional.of("me"))),
                is("reqests", new Command.UnknownCommand("reqests", Optional.of("requests"))),
                is("pending", new Command.UnknownCommand("pending", Optional.of("requests"))),
                is("xy", new Command.UnknownCommand("xy", Optional.empty())),
                is("extend dev", new Command.Extend(DEV, NONE)),
                is("extend dev 1h", new Command.Extend(DEV, hours(1))),
                is("destroy dev", new Command.Destroy(DEV)),
                is("end dev", new Command.Destroy(DEV)),
                is("connect dev", new Command.Connect(DEV)),
                is("connect dev#2", new Command.Connect(DEV.slot(2))),
                is("connect dev  #2 ", new Command.Connect(DEV.slot(2))),
                is("end dev #12", new Command.Destroy(DEV.slot(12))),
                is("extend dev #2 1h", new Command.Extend(DEV.slot(2), hours(1))),
                is("create dev #12 is slow", new Command.Create(DEV, NONE, Reason.of("#12 is slow"))),
                is("create dev#2 slow", new Command.Create(DEV.slot(2), NONE, Reason.of("slow"))),
                is("history dev", new Command.History(DEV)),
                is("doctor dev", new Command.Doctor(DEV)),
                is("Doctor dev please", new Command.Doctor(DEV)),
                is("doctor", new Command.MissingEnvironment("doctor")),
                is("doctor &lt;!channel&gt;", new Command.InvalidEnvironment("<!channel>")),
                is("docter dev", new Command.UnknownCommand("docter", Optional.of("doctor"))),
                is("debug dev", new Command.UnknownCommand("debug", Optional.of("doctor"))),
                is("extend", new Command.MissingEnvironment("extend")),
                is("destroy", new Command.MissingEnvironment("destroy")),
                is("end", new Command.MissingEnvironment("end")),
                is("connect", new Command.MissingEnvironment("connect")),
                is("history", new Command.MissingEnvironment("history")),
                is("create ../etc", new Command.InvalidEnvironment("../etc")),
                is("create &lt;#C123|dev&gt;", new Command.InvalidEnvironment("<#C123|dev>")),
                is("status <!channel>", new Command.InvalidEnvironment("<!channel>")),
                is("creat dev", new Command.UnknownCommand("creat", Optional.of("create"))),
                is("craete dev", new Command.UnknownCommand("craete", Optional.of("create"))),
                is("xtend dev", new Command.UnknownCommand("xtend", Optional.of("extend"))),
                is("stauts", new Command.UnknownCommand("stauts", Optional.of("status"))),
                is("open dev", new Command.UnknownCommand("open", Optional.of("create"))),
                is("close dev", new Command.UnknownCommand("close", Optional.of("destroy"))),
                is("frobnicate", new Command.UnknownCommand("frobnicate", Optional.empty())));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void reads(String typed, Command expected) {
        assertThat(CommandParser.parse(typed)).isEqualTo(expected);
    }

    static Stream<String> mistakenDurations() {
        return Stream.of("0m", "8d", "99999999h", "2 weeks", "1h or 2h", "until tomorrow", "½h");
    }

    /** A person who mistypes a duration does not want the default. */
    @ParameterizedTest
    @MethodSource("mistakenDurations")
    void whatLooksLikeADurationIsNotTakenForAReason(String typed) {
        assertThat(CommandParser.parse("create dev " + typed + " why"))
                .isInstanceOfSatisfying(
                        Command.Ask.class,
                        asked -> assertThat(asked.draft().questions()).isNotEmpty());
        assertThat(CommandParser.parse("extend dev " + typed)).isInstanceOf(Command.InvalidArgument.class);
    }

    @Test
    void aReasonThatIsTooLongIsSaidSo() {
        assertThat(CommandParser.parse("create dev " + "x".repeat(3000)))
                .isInstanceOfSatisfying(
                        Command.InvalidArgument.class,
                        malformed -> assertThat(malformed.problem()).contains("at most 300 characters"));
    }

    @Test
    void anyTextIsSomeCommand() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = anything(random);
            assertThat(CommandParser.parse(text))
                    .as("seed %d, text %s", seed, text)
                    .isNotNull();
        }
    }

    @Test
    void aLongRowOfDigitsIsReadInNoTime() {
        assertThat(CommandParser.parse("create dev " + "1".repeat(280) + "x")).isInstanceOf(Command.Create.class);
    }

    private static String anything(Random random) {
        String[] words = {
            "create",
            "dev",
            "2h",
            "extend",
            "\n",
            "\u2028",
            "\u202e",
            "<!channel>",
            "&lt;",
            "${run_cmd(\"id\")}",
            "%{ if true }",
            "[skip ci]",
            "\ud800",
            "\u0000",
            "Bastion-Action: open",
            "90",
            "status",
            "\\",
            "'",
            "`",
            " ",
            "9".repeat(17)
        };
        return random.ints(random.nextInt(8), 0, words.length + 1)
                .mapToObj(n -> n == words.length ? Character.toString(random.nextInt(0xd7ff)) : words[n])
                .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
    }

    private static Arguments is(String typed, Command expected) {
        return Arguments.of(typed, expected);
    }

    private static Optional<GrantDuration> hours(int hours) {
        return of(hours + "h");
    }

    private static Optional<GrantDuration> of(String duration) {
        return Optional.of(GrantDuration.parse(duration));
    }
}
