package dev.bastion.benchmarks.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The figures of a run, and their JSON file.
 *
 * @param format the version of the file's format
 */
public record BenchRun(int format, Machine machine, List<Figure> measurements) {
    private static final int FORMAT = 2;
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public BenchRun {
        measurements = List.copyOf(measurements);
    }

    /** @param measurements by the names of their benchmarks */
    public static BenchRun of(Machine machine, Map<String, List<Measurement>> measurements) {
        return new BenchRun(
                FORMAT,
                machine,
                measurements.entrySet().stream()
                        .flatMap(benchmark -> benchmark.getValue().stream()
                                .map(one -> Figure.of(benchmark.getKey(), one, benchmark.getValue())))
                        .toList());
    }

    public void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
    }

    /** @throws IOException that says what is wrong with the file, when it is none that {@link #write} wrote */
    public static BenchRun read(Path file) throws IOException {
        try {
            int format = JSON.readTree(file.toFile()).path("format").asInt();
            if (format != FORMAT) {
                throw new IOException(file + " is no file of this version's ./bastion bench (its format is not "
                        + FORMAT + "): measure that version again with this one's benchmarks");
            }
            return JSON.readValue(file.toFile(), BenchRun.class);
        } catch (JacksonException e) {
            throw new IOException(file + " is no JSON file of ./bastion bench: " + e.getOriginalMessage(), e);
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new IOException("there is no file " + file, e);
        }
    }
}
