package dev.bastion.cli;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InvalidValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The converters from command-line text to the values of the domain. */
public final class PicocliConverters {
    private PicocliConverters() {}

    /** Registers the converters for a command line and its present subcommands. */
    public static void register(CommandLine commandLine) {
        commandLine.registerConverter(CommitId.class, converter(CommitId::new));
        commandLine.registerConverter(EnvironmentName.class, converter(EnvironmentName::new));
        commandLine.registerConverter(Instant.class, PicocliConverters::moment);
        commandLine.registerConverter(OffsetDateTime.class, PicocliConverters::timeOfDay);
        commandLine.registerConverter(GrantDuration.class, converter(GrantDuration::parse));
    }

    /** A day is its first moment in UTC. */
    private static Instant moment(String text) {
        try {
            return text.length() == "2026-01-15".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw new TypeConversionException(
                    "\"" + text + "\" is no moment; write one like 2026-01-15T10:30Z, or a day like 2026-01-15");
        }
    }

    /** A moment with a time of day and a zone: what starts then must not start at another hour. */
    private static OffsetDateTime timeOfDay(String text) {
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeException _) {
            throw new TypeConversionException(
                    "\"" + text + "\" is no moment; write one like 2026-01-15T10:30Z or 2026-01-15T11:30+01:00");
        }
    }

    private static <T> ITypeConverter<T> converter(Function<String, T> parser) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (InvalidValue e) {
                throw new TypeConversionException(e.explanation());
            }
        };
    }
}
