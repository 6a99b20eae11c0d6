package dev.bastion.slack.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The scopes that the check asks for. */
class SlackCheckTest {
    @Test
    void theyAreThoseOfTheManifest() throws IOException {
        List<String> manifest;
        try (var lines = Files.lines(Path.of("../app/slack-manifest.yaml"))) {
            manifest = lines.map(String::strip)
                    .dropWhile(line -> !line.equals("bot:"))
                    .skip(1)
                    .takeWhile(line -> line.startsWith("- "))
                    .map(line -> line.replaceAll("^- ([a-z:.]+).*", "$1"))
                    .toList();
        }
        assertThat(Stream.concat(SlackCheck.SCOPES.stream(), SlackCheck.OPTIONAL_SCOPES.stream()))
                .containsExactlyInAnyOrderElementsOf(manifest);
    }
}
