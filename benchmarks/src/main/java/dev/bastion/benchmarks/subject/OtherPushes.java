package dev.bastion.benchmarks.subject;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pushes of other people to the ledger's branch until closed, independent of each other: the pauses between them are
 * exponentially distributed. None changes an environment.
 */
public final class OtherPushes implements AutoCloseable {
    private final LedgerRemote remote;
    private final Random random = new Random(1);
    private final AtomicInteger count = new AtomicInteger();
    private final Thread thread;

    private OtherPushes(LedgerRemote remote, int perSecond) {
        this.remote = remote;
        this.thread = Thread.ofPlatform().name("other-pushes").start(() -> pushAll(perSecond));
    }

    public static OtherPushes to(LedgerRemote remote, int perSecond) {
        return new OtherPushes(remote, perSecond);
    }

    /** How many there were. */
    public int count() {
        return count.get();
    }

    private void pushAll(int perSecond) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(Duration.ofNanos((long) (random.nextExponential() * 1e9 / perSecond)));
                push();
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    private void push() throws InterruptedException {
        String content = "value = " + count.get() + "\n";
        String commit = """
            commit refs/heads/main
            committer Jane Roe <jane@example.com> 1700000000 +0000
            data 14
            Another change
            from refs/heads/main^0
            M 100644 inline live/other/unit.hcl
            data %d
            %s
            """.formatted(content.length(), content);
        try {
            new GitCommand(remote.directory())
                    .feed(input -> input.write(commit.getBytes(StandardCharsets.UTF_8)), "fast-import", "--quiet");
            count.incrementAndGet();
        } catch (IOException _) {
            // the ledger's push was faster, and the next one of these is due in a moment
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
