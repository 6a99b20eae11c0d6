package dev.bastion.cli.option;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The answer to wrong usage: the error and one line how to get help. A page of options would hide what is wrong. */
public final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        PrintWriter errors = command.getErr();
        errors.println(error.getMessage());
        UnmatchedArgumentException.printSuggestions(error, errors);
        errors.println("Run ./" + command.getCommandSpec().qualifiedName() + " --help to see the options.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
