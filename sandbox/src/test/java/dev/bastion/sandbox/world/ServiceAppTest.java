package dev.bastion.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.sandbox.github.account.Permissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceAppTest {
    private static final Path RUNBOOK = Path.of("../docs/runbook.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| GitHub App \\| \\*Repository permissions\\*: (.*) \\|$");
    /** "contents, pull requests: read and write". */
    private static final Pattern GRANT = Pattern.compile("([a-z, ]+): (read and write|read)\\b");

    @TempDir
    private Path folder;

    /** What people are told to give is what the service works with here: no more, or the sandbox proves nothing. */
    @Test
    void hasThePermissionsOfTheRunbook() throws Exception {
        Matcher row = ROW.matcher(Files.readString(RUNBOOK));
        assertThat(row.find()).as("the row of the app in " + RUNBOOK).isTrue();
        String needed = row.group(1).replaceAll("\\. .*$", "").replaceAll("\\([^)]*\\)", "");
        Map<String, String> told = new TreeMap<>();
        GRANT.matcher(needed).results().forEach(grant -> {
            for (String name : grant.group(1).split(",")) {
                told.put(
                        name.strip().replace("commit statuses", "statuses").replace(' ', '_'),
                        grant.group(2).equals("read") ? "read" : "write");
            }
        });
        assertThat(told).isNotEmpty().isEqualTo(Permissions.ofRunbook().json());
        assertThat(ServiceApp.in(folder).app().permissions()).isEqualTo(Permissions.ofRunbook());
    }

    @Test
    void theKeyIsAsGitHubHandsItOutAndForItsOwnerOnly() throws Exception {
        ServiceApp app = ServiceApp.in(folder);
        assertThat(Files.readString(app.keyFile()))
                .startsWith("-----BEGIN RSA PRIVATE KEY-----\nMII")
                .endsWith("\n-----END RSA PRIVATE KEY-----\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(app.keyFile())))
                .isEqualTo("rw-------");
        assertThat(app.toString()).doesNotContain("PRIVATE KEY");
    }
}
