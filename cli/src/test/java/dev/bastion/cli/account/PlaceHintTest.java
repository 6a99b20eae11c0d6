package dev.bastion.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceHintTest {
    private static final Map<String, String> VARIABLES = Map.of("PATH", String.valueOf(System.getenv("PATH")));

    @TempDir
    private Path folder;

    private PlaceHint hint(String name, Path directory) {
        return PlaceHint.of(new EnvironmentName(name), directory, VARIABLES);
    }

    @Test
    void aCloneSaysWhereItsEnvironmentsAreInWhateverCaseTheyAreTyped() {
        AccountLedger ledger = new AccountLedger(folder);
        ledger.layout("profile: acme-test", "watch_role: arn:aws:iam::222222222222:role/bastion-watch")
                .unit("test", "eu-west-1", "")
                .unit("live", "us-east-1", "")
                .commit("two accounts");
        assertThat(hint("test/orders", folder))
                .isEqualTo(new PlaceHint(Optional.of("eu-west-1"), Optional.of("acme-test")));
        assertThat(hint("LIVE/Orders", folder.resolve("live/test")))
                .isEqualTo(new PlaceHint(Optional.of("us-east-1"), Optional.empty()));
        assertThat(hint("nothing/orders", folder)).isEqualTo(PlaceHint.NONE);
    }

    @Test
    void withoutACloneThereIsNone() throws IOException {
        assertThat(hint("dev", Files.createDirectories(folder.resolve("elsewhere"))))
                .isEqualTo(PlaceHint.NONE);
        assertThat(hint("dev", folder.resolve("missing"))).isEqualTo(PlaceHint.NONE);
    }
}
