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

/** Does one run: a fresh clone at the pushed commit, and the launcher in it. */
final class Runner {
    private final CiSettings settings;
    private final Runnable onOutput;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    Runner(CiSettings settings, Runnable onOutput) {
        this.settings = settings;
        this.onOutput = onOutput;
    }

    /** Never throws: what goes wrong is how the run ended. */
    void run(Run run) {
        Path checkout = run.folder().resolve("checkout");
        run.begins();
        try {
            Files.createDirectories(run.folder());
            clone(run, checkout);
            int code = launch(run, checkout);
            run.ends(code == 0, detail(run, code));
        } catch (IOException | GitAPIException failure) {
            run.ends(false, String.valueOf(failure.getMessage()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            run.ends(false, "CI was stopped");
        } finally {
            Folders.delete(checkout);
        }
    }

    void stop() {
        running.forEach(process -> process.descendants().forEach(ProcessHandle::destroy));
        running.forEach(Process::destroy);
    }

    private void clone(Run run, Path checkout) throws GitAPIException {
        try (Git git = Git.cloneRepository()
                .setURI(settings.remote())
                .setDirectory(checkout.toFile())
                .setBranch(run.branch())
                .setNoCheckout(true)
                .call()) {
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
