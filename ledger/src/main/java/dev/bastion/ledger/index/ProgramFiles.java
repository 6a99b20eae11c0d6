package dev.bastion.ledger.index;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of the running program: another version of it may understand a history differently, and a copy of the same one costs
 * one reading.
 *
 * @param entries each with its name, size and time
 */
public record ProgramFiles(List<String> entries) {
    public ProgramFiles {
        entries = List.copyOf(entries);
    }

    /** @param classPath as Java has it, like {@code bastion-cli.jar:lib/jgit.jar} */
    public static ProgramFiles of(String classPath) {
        return new ProgramFiles(Stream.of(classPath.split(File.pathSeparator, -1))
                .map(ProgramFiles::describe)
                .toList());
    }

    /** Those of this process. */
    public static ProgramFiles running() {
        return of(System.getProperty("java.class.path", "") + File.pathSeparator + System.getProperty("java.home", ""));
    }

    private static String describe(String entry) {
        try {
            Path file = Path.of(entry);
            return file.getFileName() + " " + Files.size(file) + " "
                    + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException _) {
            return entry;
        }
    }
}
