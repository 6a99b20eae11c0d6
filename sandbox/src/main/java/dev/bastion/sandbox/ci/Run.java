package dev.bastion.sandbox.ci;

import dev.bastion.sandbox.page.CiRun;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One apply of one environment at one commit, and how far it is. Changed by the thread that runs it, read by any. */
final class Run {
    private final long number;
    private final Environment environment;
    private final String commit;
    private final String branch;
    private final Path folder;
    private final Instant queued;
    private volatile Progress progress;

    private record Progress(CiRun.State state, @Nullable Instant ended, String detail) {}

    Run(long number, Environment environment, String commit, String branch, Path folder) {
        this.number = number;
        this.environment = environment;
        this.commit = commit;
        this.branch = branch;
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
                String.valueOf(number),
                "apply " + environment.name(),
                commit,
                now.state(),
                queued,
                now.ended(),
                now.detail());
    }

    long number() {
        return number;
    }

    Environment environment() {
        return environment;
    }

    String commit() {
        return commit;
    }

    String branch() {
        return branch;
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
