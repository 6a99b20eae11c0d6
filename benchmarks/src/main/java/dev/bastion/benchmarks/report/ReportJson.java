package dev.bastion.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The JSON report of the benchmarks: times in nanoseconds, sizes in bytes, counts. */
public final class ReportJson {
    private final List<Map<String, Object>> rows = new ArrayList<>();

    public void add(Benchmark benchmark, List<Measurement> measurements) {
        measurements.forEach(one -> rows.add(row(benchmark, one, measurements)));
    }

    public void write(Path file) throws IOException {
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(file.toFile(), Map.of("measurements", rows));
    }

    private static Map<String, Object> row(Benchmark benchmark, Measurement one, List<Measurement> all) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("benchmark", benchmark.name());
        row.put("what", one.what());
        row.put("label", one.label());
        row.put("ours", one.isOurs());
        row.put(
                "unit",
                switch (one.samples().unit()) {
                    case TIME -> "ns";
                    case SIZE -> "bytes";
                    case COUNT -> "count";
                });
        row.put("count", one.samples().count());
        for (Statistic statistic : Statistic.values()) {
            row.put(statistic.name().toLowerCase(Locale.ROOT), statistic.of(one.samples()));
        }
        row.put("min", one.samples().min());
        row.put(
                "aims",
                aims(
                        one,
                        all.stream()
                                .filter(other -> other.what().equals(one.what()))
                                .toList()));
        return row;
    }

    private static List<Map<String, Object>> aims(Measurement one, List<Measurement> group) {
        return one.aims().stream()
                .map(aim -> Map.<String, Object>of("aim", aim.text(), "met", aim.isMet(one.samples(), group)))
                .toList();
    }
}
