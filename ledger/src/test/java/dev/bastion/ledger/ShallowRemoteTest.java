package dev.bastion.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.CallFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shallow history is never taken for the whole one. */
class ShallowRemoteTest {
    @TempDir
    private Path directory;

    private LedgerWorld world;
    private Git git;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        world.remote.commit("Two", Map.of("README.md", "2\n"));
        git = new Git(directory);
        git.run("clone", "-q", "--bare", "--depth", "1", "file://" + path(world.remote.url()), "shallow.git");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static String path(String url) {
        return url.replaceFirst("^file:(?://)?", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://", ""})
    void aShallowRemoteIsRefusedByName(String scheme) {
        assertThatThrownBy(() -> world.open(
                        Samples.settings(scheme + directory.resolve("shallow.git"), directory.resolve("clone")),
                        Samples.anyPolicy()))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("shallow");
    }

    @Test
    void aShallowCloneOnDiskIsMadeAnew() throws IOException {
        Path clone = directory.resolve("clone");
        git.run("clone", "-q", "--bare", "--depth", "1", "file://" + path(world.remote.url()), "clone");
        git.run("-C", "clone", "config", "remote.origin.url", world.remote.url());
        assertThat(clone.resolve("shallow")).exists();
        assertThat(world.open(Samples.settings(world.remote.url(), clone), Samples.anyPolicy())
                        .read()
                        .environments())
                .isNotEmpty();
        assertThat(Files.exists(clone.resolve("shallow"))).isFalse();
        assertThat(git.run("-C", "clone", "rev-list", "--count", "main").strip())
                .isEqualTo("2");
    }
}
