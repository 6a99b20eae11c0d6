package dev.bastion.cli;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InvalidValue;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words of the ledger, as the command line takes them. */
public final class PicocliConverters {
    private PicocliConverters() {}

    /** For a command line and every command it has by now. */
    public static void register(CommandLine line) {
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
