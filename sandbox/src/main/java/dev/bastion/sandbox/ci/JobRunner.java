package dev.bastion.sandbox.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.sandbox.github.git.BareRepository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand.ResetType;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.transport.RefSpec;

/**
 * Executes a run: clones the repository and starts the launcher in the clone. It gets the branch
 * as it is when its turn comes.
 */
final class JobRunner {
    private final CiSettings settings;
    private final Runnable onOutput;
    private final CiFaults faults;
    private final Map<Run, Process> running = new ConcurrentHashMap<>();

    JobRunner(CiSettings settings, CiFaults faults, Runnable onOutput) {
        this.settings = settings;
        this.faults = faults;
        this.onOutput = onOutput;
    }

    /** Executes the run. Never throws: a failure is the run's result. The run ends after its checkout is deleted. */
    void run(Run run) {
        Path checkout = run.folder().resolve("checkout");
        String token = settings.tokens().issue(run.work().permissions());
        End end = attempt(run, checkout, token);
        settings.tokens().revoke(token);
        Directories.delete(checkout);
        run.ends(end.succeeded(), end.detail());
    }

    private record End(boolean succeeded, String detail) {}

    private static final End CANCELLED = new End(false, "cancelled");

    private End attempt(Run run, Path checkout, String token) {
        try {
            faults.await(run, CiFaults.Moment.QUEUED);
            if (run.isCancelled()) {
                return CANCELLED;
            }
            run.begins();
            Files.createDirectories(run.folder());
            clone(run, checkout);
            faults.await(run, CiFaults.Moment.CHECKED_OUT);
            int code = launch(run, checkout, token);
            if (run.isCancelled()) {
                return CANCELLED;
            }
            return new End(code == 0, detail(run, code));
        } catch (IOException | GitAPIException failure) {
            // ending a process closes what its output is read from
            return run.isCancelled() ? CANCELLED : new End(false, String.valueOf(failure.getMessage()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new End(false, "cancelled: CI was stopped");
        }
    }

    /** Cancels a run: stops its process, or keeps it from starting. */
    void cancel(Run run) {
        run.cancel();
        Optional.ofNullable(running.get(run)).ifPresent(JobRunner::end);
    }

    void stop() {
        running.values().forEach(JobRunner::end);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private void clone(Run run, Path checkout) throws GitAPIException, IOException {
        try (Git git = Git.init().setDirectory(checkout.toFile()).call()) {
            StoredConfig config = git.getRepository().getConfig();
            config.setString("remote", "origin", "url", settings.server() + "/" + settings.repository() + ".git");
            config.setInt("gc", null, "auto", 0); // which would still write while the folder is deleted
            config.save();
            git.fetch()
                    .setRemote(settings.remote())
                    .setRefSpecs(
                            new RefSpec("+refs/heads/*:refs/remotes/origin/*"),
                            new RefSpec("+refs/pull/*:refs/remotes/pull/*"))
                    .call();
            String commit = switch (run.work()) {
                case CiJob.Apply apply ->
                    faults.isOutdated(run)
                            ? apply.commit()
                            : "refs/remotes/origin/" + apply.branch(); // as it is now, as the workflow does
                // the head is read as blobs, never checked out
                case CiJob.Plan _ -> "refs/remotes/origin/" + BareRepository.DEFAULT_BRANCH;
            };
            git.reset().setMode(ResetType.HARD).setRef(commit).call();
        }
    }

    private int launch(Run run, Path checkout, String token) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(run)).directory(checkout.toFile());
        builder.environment().putAll(settings.environment());
        builder.environment().putAll(settings.runner(run.number(), run.work(), token));
        if (faults.isSilent(run)) {
            builder.environment().remove("GITHUB_TOKEN");
        }
        Process process = builder.redirectErrorStream(true).start();
        running.put(run, process);
        try {
            if (run.isCancelled()) {
                end(process);
            }
            process.getOutputStream().close();
            copy(process, run);
            return process.waitFor();
        } finally {
            process.destroy();
            running.remove(run);
        }
    }

    private List<String> command(Run run) {
        List<String> command = new ArrayList<>(settings.launcher());
        String result = run.result().toString();
        command.addAll(
                switch (run.work()) {
                    case CiJob.Apply apply -> apply(apply, result);
                    case CiJob.Plan plan ->
                        List.of(
                                "plan",
                                "--changed",
                                "HEAD..." + plan.commit(),
                                "--pull-request",
                                String.valueOf(plan.pullRequest()),
                                "--result",
                                result);
                });
        return command;
    }

    private static List<String> apply(CiJob.Apply job, String result) {
        return switch (job.scope()) {
            case PUSH -> List.of("apply", "--changed", job.before() + ".." + job.commit(), "--result", result);
            case ENVIRONMENT -> List.of("apply", job.environments().getFirst().directory(), "--result", result);
        };
    }

    private void copy(Process process, Run run) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
                Writer output = Files.newBufferedWriter(run.output())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n').flush();
                onOutput.run();
            }
        }
    }

    private static String detail(Run run, int code) {
        String otherwise = code == 0 ? "" : "exit code " + code;
        if (!Files.exists(run.result())) {
            return otherwise;
        }
        try {
            JsonNode result = new ObjectMapper().readTree(run.result().toFile());
            String summary = result.path("summary").asText("");
            return summary.isEmpty() ? otherwise : summary;
        } catch (IOException unreadable) {
            return otherwise + " (the result file cannot be read)";
        }
    }
}
