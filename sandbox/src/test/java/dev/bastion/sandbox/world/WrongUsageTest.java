package dev.bastion.sandbox.world;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.sandbox.machine.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder or a port that cannot be had is said in a sentence, before anything is started. */
class WrongUsageTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderThatIsNoneOrNotEmptyIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertRefused(file, file + " cannot be created as a folder; use another path");
        assertRefused(file.resolve("in"), "cannot be created as a folder");
        assertRefused(folder, folder + " is not empty; use another folder");
        assertThatCode(() -> of(folder.resolve("fresh"))).doesNotThrowAnyException();
    }

    @Test
    void aPortSomebodyListensOnIsRefused() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            assertThatThrownBy(() -> Ports.requireFree(port))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("--port " + port + " is in use; use another port, or 0 for any free one");
        }
        assertThatCode(() -> Ports.requireFree(port)).doesNotThrowAnyException();
        assertThatCode(() -> Ports.requireFree(0)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536, 70000})
    void aNumberThatIsNoPortIsRefused(int port) {
        assertThatThrownBy(() -> Ports.requireFree(port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a port");
    }

    private void assertRefused(Path named, String sentence) {
        assertThatThrownBy(() -> of(named))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    private RunFolder of(Path named) {
        return RunFolder.of(Optional.of(named), "demo", Map.of());
    }
}
