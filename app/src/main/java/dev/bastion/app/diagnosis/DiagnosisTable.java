package dev.bastion.app.diagnosis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Diagnosis;
import dev.bastion.access.diagnosis.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A diagnosis as a table for a terminal, and as JSON. */
public final class DiagnosisTable {
    private static final int AREA = 10;
    private static final String RESET = "\u001B[0m";

    private final Diagnosis diagnosis;
    private final boolean isColored;

    public DiagnosisTable(Diagnosis diagnosis, boolean isColored) {
        this.diagnosis = diagnosis;
        this.isColored = isColored;
    }

    /** A line for each finding, its remedy beneath, and the sum. */
    public String text() {
        StringBuilder table = new StringBuilder();
        Area before = null;
        for (Finding finding : diagnosis.findings()) {
            table.append(("%-" + AREA + "s")
                            .formatted(
                                    finding.area() == before
                                            ? ""
                                            : finding.area().title()))
                    .append(mark(finding.status()))
                    .append(' ')
                    .append(finding.subject())
                    .append(": ")
                    .append(printable(finding.meaning()))
                    .append('\n');
            if (!finding.remedy().isEmpty()) {
                table.append(" ".repeat(AREA + 2))
                        .append("→ ")
                        .append(printable(finding.remedy()))
                        .append('\n');
            }
            before = finding.area();
        }
        return table.append('\n').append(sum()).append('\n').toString();
    }

    private String mark(Finding.Status status) {
        String mark = switch (status) {
            case OK -> "✔";
            case WARNING -> "!";
            case PROBLEM -> "✘";
            case UNKNOWN -> "?";
        };
        String color = switch (status) {
            case OK -> "\u001B[32m";
            case WARNING, UNKNOWN -> "\u001B[33m";
            case PROBLEM -> "\u001B[31m";
        };
        return isColored ? color + mark + RESET : mark;
    }

    /** Other people's texts, like the description of a status, must not control the terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private String sum() {
        int problems = diagnosis.with(Finding.Status.PROBLEM).size();
        int warnings = diagnosis.with(Finding.Status.WARNING).size();
        int unknown = diagnosis.with(Finding.Status.UNKNOWN).size();
        return problems + warnings + unknown == 0
                ? "OK: the installation is set up."
                : problems + (problems == 1 ? " problem, " : " problems, ") + warnings
                        + (warnings == 1 ? " warning, " : " warnings, ") + unknown + " unknown.";
    }

    /** The same fields, as {@code {"findings": [{"area": …, "subject": …, "status": …, "meaning": …, "remedy": …}]}}. */
    public String json() {
        List<Map<String, String>> findings =
                diagnosis.findings().stream().map(DiagnosisTable::fields).toList();
        try {
            return JsonMapper.builder()
                    .build()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Map.of("findings", findings));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts always become JSON", e);
        }
    }

    private static Map<String, String> fields(Finding finding) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("area", finding.area().title());
        fields.put("subject", finding.subject());
        fields.put("status", finding.status().name().toLowerCase(Locale.ROOT));
        fields.put("meaning", finding.meaning());
        fields.put("remedy", finding.remedy());
        return fields;
    }
}
