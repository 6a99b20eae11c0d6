package dev.bastion.cli.option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The subcommands of a command, each made when it is needed: picocli inspects whatever it is given, by reflection. */
public final class Subcommands {
    private final SequencedMap<String, Supplier<Object>> all = new LinkedHashMap<>();

    /** Adds one, made by the maker, in the order of the help. */
    public Subcommands with(String name, Supplier<Object> maker) {
        all.put(name, maker);
        return this;
    }

    /**
     * Gives a command its subcommands.
     *
     * @param arguments those of the command: where the first one names a subcommand, it gets no other
     * @return the command
     */
    public CommandLine addTo(CommandLine command, List<String> arguments) {
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        all.forEach((name, maker) -> {
            if (name.equals(first) || !all.containsKey(first)) {
                command.addSubcommand(name, maker.get());
            }
        });
        return command;
    }

    /** The arguments of a subcommand, which follow its name. */
    public static List<String> following(List<String> arguments) {
        return arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
    }
}
