package dev.bastion.apply.terraform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program to run. No shell interprets the arguments.
 *
 * @param arguments the program and its arguments
 * @param directory the working directory
 * @param environment the complete environment; nothing is inherited
 */
public record Command(List<String> arguments, Path directory, Map<String, String> environment) {
    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    public Command with(String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return new Command(all, directory, environment);
    }
}
