package dev.bastion.apply;

import dev.bastion.apply.run.Redaction;
import dev.bastion.apply.stack.DriverChoice;
import dev.bastion.apply.terraform.ShutdownRequest;
import dev.bastion.apply.terraform.Tools;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The tools of a real run: Terraform, providers and an emulator. A missing tool fails the test. */
final class Workbench implements AutoCloseable {
    final Emulator emulator;
    final Tools tools;
    final List<String> lines = new CopyOnWriteArrayList<>();

    private Workbench(Emulator emulator) {
        this.emulator = emulator;
        this.tools = Tools.find(environment(emulator));
    }

    static Workbench start() throws IOException, InterruptedException {
        return new Workbench(Emulator.start());
    }

    void reset() throws IOException, InterruptedException {
        emulator.reset();
        lines.clear();
    }

    static Map<String, String> environment(Emulator emulator) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("TF_"));
        environment.put("AWS_ENDPOINT_URL", emulator.address().toString());
        environment.put("AWS_ACCESS_KEY_ID", "test");
        environment.put("AWS_SECRET_ACCESS_KEY", "test");
        environment.put("AWS_REGION", "eu-west-1");
        return environment;
    }

    RunResult apply(EnvironmentFiles files) {
        return apply(files, DriverChoice.AUTO);
    }

    RunResult apply(EnvironmentFiles files, DriverChoice driver) {
        return run(new ShutdownRequest()).apply(request(files, driver));
    }

    RunResult plan(EnvironmentFiles files, DriverChoice driver) {
        return run(new ShutdownRequest()).plan(request(files, driver));
    }

    ApplyEnvironment run(ShutdownRequest shutdown) {
        return new ApplyEnvironment(
                tools,
                InstantSource.system(),
                this::note,
                OutcomeReporter.NONE,
                shutdown,
                Redaction.of(Map.of()),
                CredentialsSource.AMBIENT);
    }

    static ApplyRequest request(EnvironmentFiles files, DriverChoice driver) {
        return new ApplyRequest(files.committed().directory(), driver, Duration.ofSeconds(2));
    }

    void note(String line) {
        lines.add(line);
        System.out.println(line);
    }

    @Override
    public void close() {
        emulator.close();
    }
}
