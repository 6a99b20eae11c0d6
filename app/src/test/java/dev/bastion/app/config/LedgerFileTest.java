package dev.bastion.app.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.layout.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The shipped {@code ledger.yaml}, which is the manual of its keys. */
class LedgerFileTest {
    private static final Path REPOSITORY = Path.of("..");

    @Test
    void theShippedFileShowsTheValueThatEachKeyHasWhenItIsLeftOut() throws IOException {
        Layout shipped = new LedgerFile().read(Optional.of(bytes("ledger.yaml")), "environments");
        assertThat(shipped).isEqualTo(Layout.standard("environments"));
        assertThat(Files.readString(REPOSITORY.resolve("ledger.yaml")))
                .contains("environments:", "modules:", "ci:", "owners:");
    }

    @Test
    void theOwnersOfTheShippedFileAreThePlatformGroup() throws IOException {
        AccessPolicy policy = new PolicyFiles()
                .read(new PolicyDocuments(
                        Optional.of(bytes("environments/access-policy.yaml")),
                        Optional.of(bytes("environments/people.yaml")),
                        Optional.of(bytes("ledger.yaml"))));
        assertThat(policy.owners().ids()).containsExactly("U23456789");
    }

    @Test
    void theExampleInItsCommentIsAPattern() throws IOException {
        String uncommented = new String(bytes("ledger.yaml"), UTF_8).replace("  # - path:", "  - path:");
        Layout layout = new LedgerFile().read(Optional.of(uncommented.getBytes(UTF_8)), "environments");
        assertThat(layout.environmentAt("teams/orders/db-access/terragrunt.hcl"))
                .isPresent();
    }

    private static byte[] bytes(String path) throws IOException {
        return Files.readAllBytes(REPOSITORY.resolve(path));
    }
}
