package dev.bastion.benchmarks.subject;

import dev.bastion.access.grant.EnvironmentName;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Commits on the ledger's branch that are made to be read slowly, or to need much memory: giant messages, trailers and files, texts that
 * are costly to parse, very many files, deep directories. Each costly file is an environment's, and stays.
 */
public final class HostileRepository {
    /** How many environments it spoils, the first ones. */
    public static final int SPOILT = 6;

    private static final int LARGE = 12_000_000;
    private static final int MANY = 20_000;
    private static final int DEEP = 1_000;

    private HostileRepository() {}

    public static void spoil(LedgerRemote remote) throws IOException, InterruptedException {
        new GitCommand(remote.directory())
                .feed(
                        input -> {
                            OutputStream out = new BufferedOutputStream(input, 1 << 16);
                            files(out);
                            messages(out);
                            out.flush();
                        },
                        "fast-import",
                        "--quiet");
    }

    private static void files(OutputStream out) throws IOException {
        List<String> contents = List.of(
                HostilePullRequests.noise(LARGE),
                "y = <<A\n".repeat(MANY),
                "y = " + "\"${".repeat(MANY) + "1" + "}\"".repeat(MANY),
                "inputs = " + "{ a = ".repeat(MANY) + "1" + "}".repeat(MANY),
                closed(4).replace("deploy_bastion        = 0", "deploy_bastion        = 1e999999999"),
                closed(5)
                        .replace(
                                "expires_at            = \"\"",
                                "expires_at            = \"+1000000000-01-01T00:00:00Z\""));
        for (int number = 0; number < contents.size(); number++) {
            commit(out, "Hostile file " + number);
            file(out, LedgerRemote.pathOf(LedgerRemote.name(number)), contents.get(number));
        }
        commit(out, "Many files");
        for (int number = 0; number < MANY; number++) {
            file(out, "docs/%03d/%05d.md".formatted(number % 200, number), "text\n");
        }
        commit(out, "Deep directories");
        file(out, "d/".repeat(DEEP) + "file.md", "text\n");
    }

    private static void messages(OutputStream out) throws IOException {
        for (String message : List.of(
                "Reason: x\n\n" + "A: b\n".repeat(LARGE / 10),
                "subject\n\nReason: x\n" + " x\n".repeat(10 * MANY),
                "subject\n\nBastion-Action: open\nExpires-At: +1000000000-01-01T00:00:00Z\nReason: "
                        + "x".repeat(LARGE / 10),
                "s".repeat(LARGE / 10))) {
            commit(out, message);
        }
    }

    private static String closed(int number) {
        EnvironmentName environment = LedgerRemote.name(number);
        return EnvironmentFiles.closed(environment);
    }

    private static void commit(OutputStream out, String message) throws IOException {
        write(
                out,
                "commit refs/heads/main\ncommitter Mallory <m@example.com> 1700000000 +0000\ndata %d\n%s\n"
                        .formatted(message.length(), message));
        write(out, "from refs/heads/main^0\n");
    }

    private static void file(OutputStream out, String path, String content) throws IOException {
        write(out, "M 100644 inline " + path + "\ndata " + content.length() + "\n" + content + "\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
