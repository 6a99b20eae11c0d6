package dev.bastion.benchmarks.subject;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Open pull requests that are made to be read slowly: a large file, very many files, and a giant message. */
public final class HostilePullRequests {
    public static final int COUNT = 3;

    private static final int LARGE_FILE = 12_000_000;
    private static final int MANY_FILES = 5_000;
    private static final int GIANT_MESSAGE = 6_000_000;

    private HostilePullRequests() {}

    public static void open(LedgerRemote remote, ListedPullRequests pulls) throws IOException, InterruptedException {
        write(remote, "refs/pull/%d/head");
        for (int number = 1; number <= COUNT; number++) {
            pulls.open(number, new GitCommand(remote.directory()).run("rev-parse", "refs/pull/" + number + "/head"));
        }
    }

    /** @param ref the names of their references, by a number from 1 on */
    static void write(LedgerRemote remote, String ref) throws IOException, InterruptedException {
        new GitCommand(remote.directory())
                .feed(
                        input -> {
                            OutputStream out = new BufferedOutputStream(input, 1 << 16);
                            String path = LedgerRemote.pathOf(LedgerRemote.name(0));
                            commit(out, ref.formatted(1), "Large file");
                            file(out, path, noise(LARGE_FILE));
                            commit(out, ref.formatted(2), "Many files");
                            for (int number = 0; number < MANY_FILES; number++) {
                                file(out, "docs/%02d/%04d.md".formatted(number % 50, number), "text\n");
                            }
                            commit(out, ref.formatted(3), "Reason: x\n\n" + "A: b\n".repeat(GIANT_MESSAGE / 5));
                            file(
                                    out,
                                    path,
                                    EnvironmentFiles.closed(LedgerRemote.name(0))
                                            .replace("= 0", "= 1e999999999"));
                            out.flush();
                        },
                        "fast-import",
                        "--quiet");
    }

    private static void commit(OutputStream out, String ref, String message) throws IOException {
        write(
                out,
                "commit %s\ncommitter Mallory <m@example.com> 1700000000 +0000\ndata %d\n%s\n"
                        .formatted(ref, message.length(), message));
        write(out, "from refs/heads/main^0\n");
    }

    private static void file(OutputStream out, String path, String content) throws IOException {
        write(out, "M 100644 inline " + path + "\ndata " + content.length() + "\n" + content + "\n");
    }

    /** Text that cannot be compressed well. */
    static String noise(int length) {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(Long.toString(random.nextLong(), 36)).append('\n');
        }
        return text.toString();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
