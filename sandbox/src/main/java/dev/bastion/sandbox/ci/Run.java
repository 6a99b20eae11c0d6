package dev.bastion.sandbox.ci;

import dev.bastion.sandbox.page.CiRun;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run of a job and its progress. Only the thread that executes it changes it; any thread may read it. */
final class Run {
    private final long number;
    private final CiJob work;
    private final Path folder;
    private final Instant queued;
    private volatile Progress progress;
    private volatile boolean cancelled;

    private record Progress(CiRun.State state, @Nullable Instant ended, String detail) {}

    Run(long number, CiJob work, Path folder) {
        this.number = number;
        this.work = work;
        this.folder = folder;
        this.queued = Instant.now();
        this.progress = new Progress(CiRun.State.QUEUED, null, "");
    }

    void begins() {
        progress = new Progress(CiRun.State.RUNNING, null, "");
    }

    void ends(boolean succeeded, String detail) {
        progress = new Progress(succeeded ? CiRun.State.SUCCEEDED : CiRun.State.FAILED, Instant.now(), detail);
    }

    CiRun view() {
        Progress now = progress;
        return new CiRun(
                String.valueOf(number), work.title(), work.commit(), now.state(), queued, now.ended(), now.detail());
    }

    long number() {
        return number;
    }

    CiJob work() {
        return work;
    }

    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Everything it printed. */
    Path output() {
        return folder.resolve("output.log");
    }

    /** What it reports, as the launcher writes it. */
    Path result() {
        return folder.resolve("result.json");
    }

    Path folder() {
        return folder;
    }
}
