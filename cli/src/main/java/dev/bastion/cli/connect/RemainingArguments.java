package dev.bastion.cli.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The arguments behind {@code --psql} or {@code --mysql}, which are all the client's, also those that look like ours. */
final class RemainingArguments implements IParameterConsumer {
    @Override
    @SuppressWarnings("JdkObsolete") // picocli's interface has a Stack
    public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
        List<String> taken = new ArrayList<>();
        while (!arguments.isEmpty()) {
            taken.add(arguments.pop());
        }
        option.setValue(taken);
    }
}
