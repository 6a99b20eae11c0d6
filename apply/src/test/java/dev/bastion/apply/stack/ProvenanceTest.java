package dev.bastion.apply.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
    private static final Provenance CHANGED = new Provenance(
            Optional.of("0123456789".repeat(4)),
            Optional.empty(),
            Optional.of("github.com/acme/infra"),
            List.of(),
            false);

    @Test
    void nothingStandsOfARemovedEnvironment() {
        assertThat(CHANGED.removing(true).inputs()).containsEntry("standing", "false");
        assertThat(CHANGED.inputs()).containsOnlyKeys("commit_sha", "ledger");
        assertThat(CHANGED.removing(false)).isEqualTo(CHANGED);
    }
}
