package dev.bastion.sandbox.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand.ResetType;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.transport.RefSpec;

/** Does one run: a fresh clone at the pushed commit, and the launcher in it. */
final class Runner {
    private final CiSettings settings;
    private final Runnable onOutput;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    Runner(CiSettings settings, Runnable onOutput) {
        this.settings = settings;
        this.onOutput = onOutput;
    }

    /** Never throws: what goes wrong is how the run ended. It has ended once nothing is left of its checkout. */
    void run(Run run) {
        Path checkout = run.folder().resolve("checkout");
        run.begins();
        End end = attempt(run, checkout);
        Folders.delete(checkout);
        run.ends(end.succeeded(), end.detail());
    }

    private record End(boolean succeeded, String detail) {}

    private End attempt(Run run, Path checkout) {
        try {
            Files.createDirectories(run.folder());
            clone(run, checkout);
            int code = launch(run, checkout);
            return new End(code == 0, detail(run, code));
        } catch (IOException | GitAPIException failure) {
            return new End(false, String.valueOf(failure.getMessage()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new End(false, "CI was stopped");
        }
    }

    void stop() {
        running.forEach(process -> process.descendants().forEach(ProcessHandle::destroy));
        running.forEach(Process::destroy);
    }

    private void clone(Run run, Path checkout) throws GitAPIException, IOException {
        try (Git git = Git.init().setDirectory(checkout.toFile()).call()) {
            StoredConfig config = git.getRepository().getConfig();
            config.setString("remote", "origin", "url", settings.remote());
            config.setInt("gc", null, "auto", 0); // which would still write while the folder is deleted
            config.save();
            git.fetch()
                    .setRemote("origin")
                    .setRefSpecs(new RefSpec("+refs/heads/*:refs/remotes/origin/*"))
                    .call();
            git.reset().setMode(ResetType.HARD).setRef(run.commit()).call();
        }
    }

    private int launch(Run run, Path checkout) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(settings.launcher());
        command.addAll(List.of(
                "apply", run.environment().directory(), "--result", run.result().toString()));
        ProcessBuilder builder = new ProcessBuilder(command).directory(checkout.toFile());
        builder.environment().putAll(settings.environment());
        builder.environment().putAll(settings.runner(run.number(), run.commit(), run.branch()));
        Process process = builder.redirectErrorStream(true).start();
        running.add(process);
        try {
            process.getOutputStream().close();
            copy(process, run);
            return process.waitFor();
        } finally {
            process.destroy();
            running.remove(process);
        }
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
            return otherwise + " (its result file cannot be read)";
        }
    }
}
