package dev.bastion.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.DoctorCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The steps of docs/install.md, with the commands that stand there: from an empty repository to the first grant. */
class InstallStoryTest {
    private static final String DEV = "environments/dev/bastion/terragrunt.hcl";

    @TempDir
    private Path folder;

    private final InstallPage page = InstallPage.read();
    private NewLedger world;

    @BeforeAll
    static void setTimeout() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @BeforeEach
    void start() {
        world = new NewLedger(folder);
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    @AfterEach
    void stop() {
        world.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void anEmptyRepositoryBecomesALedgerWithAFirstGrant() {
        assertThat(world.init(page.initFlags())).as(world.workTree().errors()).isZero();
        world.commitAndPush();
        String closed = world.pushed(DEV);

        await("the doctor, who waits ten seconds for each system")
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(doctor())
                        .contains("✔ branch main", "✔ CODEOWNERS: there", "settings  ✔ all")
                        .doesNotContain("✘ access-policy.yaml", "✘ people.yaml", "✘ ledger.yaml", "✘ environments"));

        world.serve();
        world.slack().as("john.doe").command("/bastion", page.slackCommand());
        await().until(() -> world.pushed(DEV).contains("deploy_bastion        = 1"));
        await().until(() -> world.channel().anyMatch(text -> text.contains("dev") && text.contains("the first grant")));

        world.slack().as("john.doe").command("/bastion", "create prod 1h a second one");
        await().until(() -> world.channel().anyMatch(text -> text.contains("prod") && text.contains("approv")));

        world.slack().as("john.doe").command("/bastion", "destroy dev");
        await().until(() -> world.pushed(DEV).equals(closed));
    }

    private String doctor() {
        StringWriter said = new StringWriter();
        int code = new CommandLine(new DoctorCommand(() -> Instant.parse("2026-01-15T10:30:00Z"), world.variables()))
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(
                        "--no-color",
                        "--config",
                        world.workTree().top().resolve("bastion.yaml").toString());
        assertThat(code).as(said.toString()).isBetween(0, 2);
        return said.toString();
    }
}
