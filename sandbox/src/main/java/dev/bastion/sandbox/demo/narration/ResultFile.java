package dev.bastion.sandbox.demo.narration;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The file {@code result.json}: whether the demo passed, and each step with its time and the seconds since the start. */
public final class ResultFile {
    private ResultFile() {}

    public static void write(Path file, Narrator narrator, Optional<String> failure) {
        ObjectNode result = new ObjectMapper().createObjectNode();
        result.put("passed", failure.isEmpty());
        result.put("started", narrator.start().toString());
        result.put("seconds", seconds(Duration.between(narrator.start(), Instant.now())));
        failure.ifPresent(what -> result.put("notObserved", what));
        ArrayNode stages = result.putArray("stages");
        for (Narrator.Stage stage : narrator.stages()) {
            stages.addObject()
                    .put("name", stage.name())
                    .put("at", stage.at().toString())
                    .put("seconds", seconds(stage.after()))
                    .put("detail", stage.detail());
        }
        try {
            Files.writeString(file, result.toPrettyString() + "\n");
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write " + file, unwritable);
        }
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
