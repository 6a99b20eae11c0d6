package dev.bastion.cli.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * The report as one HTML file. Styles and script stand in it, so that it needs no network; everything from the ledger is
 * escaped by the template.
 */
public final class HtmlReport {
    private HtmlReport() {}

    public static String of(AccessReport report) {
        return Mustache.compiler()
                .withLoader(name -> new StringReader(resource(name + ".html").strip()))
                .compile(resource("access-report.html"))
                .execute(Map.of(
                        "page",
                        ReportPage.of(report),
                        "style",
                        resource("access-report.css"),
                        "script",
                        resource("access-report.js")));
    }

    private static String resource(String name) {
        try (InputStream file = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
