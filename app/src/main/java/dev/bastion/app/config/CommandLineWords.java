package dev.bastion.app.config;

import dev.bastion.access.CommitId;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.GrantDuration;
import dev.bastion.access.InvalidValue;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words of the ledger, as the command line takes them. */
public final class CommandLineWords {
    private CommandLineWords() {}

    /** For a command line and every command it has by now. */
    public static void teach(CommandLine line) {
        line.registerConverter(CommitId.class, converter(CommitId::new));
        line.registerConverter(EnvironmentName.class, converter(EnvironmentName::new));
        line.registerConverter(GrantDuration.class, converter(GrantDuration::parse));
    }

    private static <T> ITypeConverter<T> converter(Function<String, T> reading) {
        return text -> {
            try {
                return reading.apply(text);
            } catch (InvalidValue e) {
                throw new TypeConversionException(e.explanation());
            }
        };
    }
}
