package dev.bastion.cli.connect;

import dev.bastion.app.aws.PersonalSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * AWS's {@code session-manager-plugin}, which carries the bytes of a session. Its arguments are those with which the AWS
 * CLI starts it (aws-cli, customizations/sessionmanager.py).
 */
final class Plugin {
    static final String NAME = "session-manager-plugin";
    /** The first versions after it read the session's token from the environment; arguments are shown to everybody by ps. */
    static final String LAST_WITH_TOKEN_IN_ARGUMENTS = "1.2.497.0";

    static final String RESPONSE = "AWS_SSM_START_SESSION_RESPONSE";
    private static final Pattern VERSION = Pattern.compile("\\d{1,6}(\\.\\d{1,6}){0,3}");
    private static final int LONGEST_ANSWER = 1_000;
    private static final int VERSION_SECONDS = 10;

    private final Path program;
    private final String version;
    private final Programs programs;
    private final Map<String, String> environment;

    private Plugin(Path program, String version, Programs programs, Map<String, String> environment) {
        this.program = program;
        this.version = version;
        this.programs = programs;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Finds the plugin on the {@code PATH}.
     *
     * @throws ConnectRefused when it is missing or too old, with how to install it
     */
    static Plugin find(Map<String, String> environment, Installation installation) {
        Programs programs = Programs.of(environment);
        Path program = programs.find(NAME)
                .orElseThrow(() -> new ConnectRefused(
                        ExitCode.MISCONFIGURED,
                        "AWS's " + NAME + " is not installed: it is not on the PATH.",
                        installation.plugin()));
        String version = versionOf(program, environment);
        if (!isNewer(version, LAST_WITH_TOKEN_IN_ARGUMENTS)) {
            throw new ConnectRefused(
                    ExitCode.MISCONFIGURED,
                    program + " is version \"" + version + "\"; it must be newer than " + LAST_WITH_TOKEN_IN_ARGUMENTS
                            + ", as older ones show the session's token to every user of this machine.",
                    installation.plugin());
        }
        return new Plugin(program, version, programs, environment);
    }

    /** What is found, for {@code --check}. */
    String description() {
        return version + ", " + program;
    }

    private static String versionOf(Path program, Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(VERSION_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "unknown";
            }
            return new String(process.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8).strip();
        } catch (IOException failure) {
            return "unknown: " + failure.getMessage();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    static boolean isNewer(String version, String than) {
        if (!VERSION.matcher(version).matches()) {
            return false;
        }
        List<Integer> left = numbers(version);
        List<Integer> right = numbers(than);
        for (int i = 0; i < 4; i++) {
            if (!left.get(i).equals(right.get(i))) {
                return left.get(i) > right.get(i);
            }
        }
        return false;
    }

    private static List<Integer> numbers(String version) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : version.split("\\.")) {
            numbers.add(Integer.valueOf(part));
        }
        while (numbers.size() < 4) {
            numbers.add(0);
        }
        return numbers;
    }

    /** Starts it in a process group of its own: Ctrl-C in the client cancels a query, and must not end the session. */
    Process start(PersonalSession session) throws IOException {
        List<String> command = new ArrayList<>(ownGroup());
        command.addAll(List.of(
                program.toString(),
                RESPONSE,
                session.region(),
                "StartSession",
                session.profile(),
                session.request(),
                session.endpoint()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put(RESPONSE, session.response());
        // else a person's setting could open the database to the network
        builder.environment().put("SSM_PLUGIN_LOCAL_HOST", LocalPort.HOST);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** The prefix of a command that gives it a process group; Linux has setsid, macOS perl. */
    private List<String> ownGroup() {
        Optional<List<String>> setsid = programs.find("setsid").map(path -> List.of(path.toString()));
        return setsid.or(() -> programs.find("perl")
                        .map(path -> List.of(path.toString(), "-e", "setpgrp(0, 0); exec {$ARGV[0]} @ARGV", "--")))
                .orElse(List.of());
    }
}
