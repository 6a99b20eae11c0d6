package dev.bastion.sandbox.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The folder that makes a terminal the laptop of a person of the sandbox: {@code bin} with the stand-in for
 * session-manager-plugin, and {@code connect.env} to source, with the person's keys and the addresses.
 */
public final class LaptopFolder {
    private static final String PLUGIN = "session-manager-plugin";

    private final Path settings;

    private LaptopFolder(Path settings) {
        this.settings = settings;
    }

    /**
     * Writes it.
     *
     * @param folder the sandbox's run folder
     * @param checkout has the launcher {@code bastion}
     * @param sandbox the sandbox's address, which the stand-in asks
     * @param keys the variables with which the person's programs find the emulator
     */
    public static LaptopFolder write(Path folder, Path checkout, URI sandbox, Map<String, String> keys) {
        try {
            Path programs = Files.createDirectories(folder.resolve("bin"));
            Path plugin = programs.resolve(PLUGIN);
            Files.writeString(plugin, script().replace("@SANDBOX@", withoutSlash(sandbox)));
            if (!plugin.toFile().setExecutable(true)) {
                throw new IOException(plugin + " cannot be made executable");
            }
            Map<String, String> variables = new TreeMap<>(keys);
            variables.put("PGUSER", "postgres");
            variables.put("PGDATABASE", "postgres");
            String exports = variables.entrySet().stream()
                    .map(variable -> "export " + variable.getKey() + "=" + quoted(variable.getValue()))
                    .collect(Collectors.joining("\n"));
            Path settings = folder.resolve("connect.env");
            Files.writeString(
                    settings,
                    "# Source this file: the terminal is then the laptop of a person of the sandbox.\n"
                            + "unset AWS_PROFILE AWS_SESSION_TOKEN\n" + exports + "\nexport PATH="
                            + quoted(programs.toAbsolutePath() + ":" + checkout.toAbsolutePath()) + ":\"$PATH\"\n");
            return new LaptopFolder(settings.toAbsolutePath());
        } catch (IOException failure) {
            throw new UncheckedIOException("the folder for connections cannot be written", failure);
        }
    }

    private static String script() throws IOException {
        try (InputStream source = LaptopFolder.class.getResourceAsStream("/session/" + PLUGIN + ".py")) {
            if (source == null) {
                throw new IOException("session/" + PLUGIN + ".py is not on the class path");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String withoutSlash(URI address) {
        return address.toString().replaceAll("/+$", "");
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** The line that prepares a terminal. */
    public String line() {
        return ". "
                + (settings.toString().matches("[A-Za-z0-9_./-]+") ? settings.toString() : quoted(settings.toString()));
    }
}
