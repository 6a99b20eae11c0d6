package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.OidcServer;
import dev.bastion.app.world.ServiceApi;
import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole service against what its openapi.yaml promises, by schemathesis, which makes up valid and invalid calls. */
class ApiContractIT {
    /** Of a virtual environment with schemathesis, which the launcher makes. */
    private static final String SCHEMATHESIS = "BASTION_SCHEMATHESIS";

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void noCallFindsAnAnswerThatTheDescriptionDoesNotHave(@TempDir Path folder) throws Exception {
        try (ServiceWorld world = new ServiceWorld();
                ServiceApi api = new ServiceApi(world.ledger())) {
            ServiceProcess service = world.start("bastion", api.settings());
            await().until(service::isReady);
            Path report = folder.resolve("report.txt");
            Process run = new ProcessBuilder(command(api))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(report.toFile())
                    .start();
            assertThat(run.waitFor(9, TimeUnit.MINUTES)).as("it ended").isTrue();
            assertThat(run.exitValue()).as(read(report)).isZero();
            assertThat(service.ask("/healthz")).startsWith("200");
        }
    }

    private static List<String> command(ServiceApi api) {
        String python = System.getenv(SCHEMATHESIS);
        assertThat(python)
                .as("the launcher sets %s, a Python with schemathesis", SCHEMATHESIS)
                .isNotBlank();
        return List.of(
                python,
                "-m",
                "schemathesis.cli",
                "run",
                api.address() + "/openapi.yaml",
                "--header",
                "Authorization: Bearer " + api.longToken(OidcServer.JOB),
                "--checks",
                "all",
                "--max-examples",
                "40",
                "--generation-deterministic",
                "--seed",
                "1",
                "--request-timeout",
                "30",
                "--no-color");
    }

    private static String read(Path report) throws IOException {
        String text = Files.readString(report);
        return text.length() <= 20_000 ? text : text.substring(text.length() - 20_000);
    }
}
