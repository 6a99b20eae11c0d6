package dev.bastion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A command line with one subcommand alone is, for that subcommand, the one with all. */
class SubcommandsTest {
    private static CommandLine commandLine(String... arguments) {
        return Main.commandLine(Instant::now, Map.of(), List.of(arguments));
    }

    private static CommandLine subcommand(CommandLine of, String name) {
        return Objects.requireNonNull(of.getSubcommands().get(name), name);
    }

    @Test
    void eachSubcommandIsMadeAloneAsWithTheOthers() {
        Map<String, CommandLine> all = commandLine().getSubcommands();
        assertThat(all).containsKeys("serve", "connect", "apply", "policy", "audit");
        all.forEach((name, command) -> assertSame(commandLine(name), name, command));
        Map<String, CommandLine> questions = subcommand(commandLine(), "audit").getSubcommands();
        assertThat(questions).containsKeys("who", "grants", "verify");
        questions.forEach(
                (name, question) -> assertSame(subcommand(commandLine("audit", name), "audit"), name, question));
    }

    private static void assertSame(CommandLine alone, String name, CommandLine expected) {
        assertThat(alone.getSubcommands()).containsOnlyKeys(name);
        CommandLine made = subcommand(alone, name);
        assertThat(made.getUsageMessage()).isEqualTo(expected.getUsageMessage());
        assertThat(made.getSubcommands().keySet())
                .isEqualTo(expected.getSubcommands().keySet());
        assertThat(expected.getCommandName()).as("the name of its annotation").isEqualTo(name);
    }

    /** A help, an option before the command, and a word that is none need all of them. */
    @Test
    void whatNamesNoSubcommandHasAll() {
        int all = commandLine().getSubcommands().size();
        for (String first : List.of("--help", "--version", "aply", "")) {
            assertThat(commandLine(first, "audit").getSubcommands()).as(first).hasSize(all);
        }
        CommandLine audit = subcommand(commandLine("audit", "--help"), "audit");
        assertThat(audit.getSubcommands()).hasSizeGreaterThan(1);
    }
}
