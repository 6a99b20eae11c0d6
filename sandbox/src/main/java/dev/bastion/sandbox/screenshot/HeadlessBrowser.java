package dev.bastion.sandbox.screenshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A headless Chromium with one tab, and the screenshots it takes. */
public final class HeadlessBrowser implements AutoCloseable {
    private static final List<String> EXECUTABLES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final DevTools tab;

    /**
     * Starts it.
     *
     * @param path the {@code PATH} on which Chromium is looked up
     * @param profile an absent or empty folder for its profile
     * @throws ScreenshotException when there is no Chromium, or it does not start
     */
    public HeadlessBrowser(String path, Path profile) {
        this.process = start(path, profile);
        try {
            this.tab = new DevTools(http, await("a tab of Chromium", () -> findTab(profile)));
        } catch (RuntimeException failure) {
            process.destroy();
            throw failure;
        }
    }

    private static Process start(String path, Path profile) {
        String executable = EXECUTABLES.stream()
                .flatMap(
                        name -> List.of(path.split(File.pathSeparator)).stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new ScreenshotException("Chromium is not on the PATH; on Debian: apt-get install chromium"))
                .toString();
        try {
            Files.createDirectories(profile);
            return new ProcessBuilder(
                            executable,
                            "--headless=new",
                            "--no-sandbox", // refused to root, as whom containers run it; it opens only the sandbox's
                            // page
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--hide-scrollbars",
                            "--no-first-run",
                            "--lang=en-GB",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile,
                            "about:blank")
                    .redirectErrorStream(true)
                    .redirectOutput(profile.resolve("chromium.log").toFile())
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot start " + executable, failure);
        }
    }

    /** Chromium writes the port it chose into its profile. */
    private Optional<URI> findTab(Path profile) {
        Path port = profile.resolve("DevToolsActivePort");
        if (!Files.exists(port)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(port);
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            URI list = URI.create("http://127.0.0.1:" + lines.getFirst() + "/json/list");
            JsonNode tabs = JSON.readTree(http.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString())
                    .body());
            return tabs.valueStream()
                    .filter(each -> each.path("type").asText().equals("page"))
                    .map(each -> URI.create(each.path("webSocketDebuggerUrl").asText()))
                    .findFirst();
        } catch (IOException notYet) {
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new ScreenshotException("interrupted while starting Chromium", stopping);
        }
    }

    /** Opens a page in a window of this size; each of its pixels is {@code scale} pixels of a screenshot. */
    public void open(URI page, int width, int height, int scale) {
        tab.send(
                "Emulation.setDeviceMetricsOverride",
                parameters()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", scale)
                        .put("mobile", false));
        tab.send("Page.navigate", parameters().put("url", page.toString()));
        until("the page " + page, "document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /** Evaluates JavaScript in the page; answers its value. */
    public JsonNode run(String script) {
        JsonNode answer = tab.send(
                "Runtime.evaluate", parameters().put("expression", script).put("returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new ScreenshotException("a script failed in the page: " + script);
        }
        return answer.path("result").path("value");
    }

    /** Waits until a JavaScript condition holds; {@code what} names it for the error. */
    public void until(String what, String condition) {
        await(what, () -> Optional.of(run(condition).asBoolean()).filter(holds -> holds));
    }

    /** Writes the visible page as a PNG. */
    public void capture(Path png) {
        write(png, parameters().put("format", "png"));
    }

    /** Writes the smallest rectangle around all elements that a CSS selector finds, and a margin, as a PNG. */
    public void capture(Path png, String selector, int margin) {
        JsonNode box = run("""
                (() => {
                  const boxes = [...document.querySelectorAll('%s')].map(each => each.getBoundingClientRect());
                  const left = Math.min(...boxes.map(box => box.left)), top = Math.min(...boxes.map(box => box.top));
                  return { x: left, y: top, width: Math.max(...boxes.map(box => box.right)) - left,
                    height: Math.max(...boxes.map(box => box.bottom)) - top };
                })()
                """.formatted(selector));
        ObjectNode clip = parameters()
                .put("x", box.path("x").asDouble() - margin)
                .put("y", box.path("y").asDouble() - margin)
                .put("width", box.path("width").asDouble() + 2 * margin)
                .put("height", box.path("height").asDouble() + 2 * margin)
                .put("scale", 1);
        ObjectNode all = parameters().put("format", "png");
        all.set("clip", clip);
        write(png, all);
    }

    private void write(Path png, ObjectNode parameters) {
        String data =
                tab.send("Page.captureScreenshot", parameters).path("data").asText();
        try {
            Files.write(png, Base64.getDecoder().decode(data));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + png, failure);
        }
    }

    private static ObjectNode parameters() {
        return JSON.createObjectNode();
    }

    private static <T> T await(String what, Supplier<Optional<T>> look) {
        Instant end = Instant.now().plus(TIMEOUT);
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (Instant.now().isAfter(end)) {
                throw new ScreenshotException(what + " was not there within " + TIMEOUT.toSeconds() + " s");
            }
            try {
                Thread.sleep(POLL_INTERVAL);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new ScreenshotException("interrupted while waiting for " + what, stopping);
            }
        }
    }

    @Override
    public void close() {
        tab.close();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
