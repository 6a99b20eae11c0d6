package dev.bastion.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.print.PrintOptions;

/** The report as a person opens it: from a file, in a browser without network. */
class HtmlReportIT {
    private static final int FIRST_GRANTS = 33;

    @TempDir
    private static Path directory;

    private static ChromeDriver driver;

    @BeforeAll
    static void open() throws IOException {
        Path file = directory.resolve("report.html");
        Files.writeString(file, HtmlReport.of(Grants.report(Grants.ofEveryKind())));
        ChromeOptions options = new ChromeOptions();
        options.setBinary(tool("chromium").toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--lang=en-GB");
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(tool("chromedriver").toFile())
                        .build(),
                options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        driver.get(file.toUri().toString());
    }

    @AfterAll
    static void close() {
        driver.quit();
    }

    /** An executable on the PATH; a machine without it cannot verify the report, and says so. */
    private static Path tool(String name) {
        return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        name + " is not on the PATH; on Debian: apt install chromium chromium-driver"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 420})
    void itIsAccessibleAndFitsTheScreen(int width) throws IOException {
        width(width);
        assertThat(violations()).isEmpty();
        assertThat((Long) driver.executeScript("return document.documentElement.scrollWidth"))
                .as("the page scrolls to the side")
                .isLessThanOrEqualTo(width);
        Path shots = Path.of("target", "report");
        Files.createDirectories(shots);
        Files.write(shots.resolve(width + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Test
    void theTableIsSortedAndFilteredByKeyboardAlone() {
        width(1280);
        WebElement late = driver.findElements(By.cssSelector("#grants-table thead button"))
                .get(6);
        late.sendKeys(Keys.ENTER);
        late.sendKeys(Keys.SPACE);
        assertThat(late.findElement(By.xpath("..")).getAttribute("aria-sort")).isEqualTo("descending");
        assertThat(cell(6)).isEqualTo("35 min 10 s");
        WebElement filter = driver.findElement(By.id("filter"));
        filter.sendKeys("jane.roe (U23456789)");
        assertThat(driver.findElement(By.id("shown")).getText()).isEqualTo("10 of " + FIRST_GRANTS + " grants");
        filter.clear();
        filter.sendKeys(" ", Keys.BACK_SPACE);
        assertThat(driver.findElement(By.id("shown")).getText()).isEmpty();
    }

    @Test
    void itPrints() throws IOException {
        byte[] pdf = Base64.getDecoder().decode(driver.print(new PrintOptions()).getContent());
        Files.createDirectories(Path.of("target", "report"));
        Files.write(Path.of("target", "report", "report.pdf"), pdf);
        assertThat(new String(pdf, StandardCharsets.ISO_8859_1))
                .startsWith("%PDF")
                .contains("/Type /Page");
    }

    private static String cell(int column) {
        return driver.findElements(By.cssSelector("#grants-table tbody tr:first-child > *"))
                .get(column)
                .getText();
    }

    /** The content is as wide as asked: a window cannot be narrower than the browser's least. */
    private static void width(int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 1800, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What axe-core finds by the rules of WCAG 2.0, 2.1 and 2.2, levels A and AA, and its best practices. */
    private static List<?> violations() throws IOException {
        try (InputStream axe = Objects.requireNonNull(HtmlReportIT.class.getResourceAsStream("/axe.min.js"))) {
            driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<?>) Objects.requireNonNull(driver.executeAsyncScript("""
                const done = arguments[0];
                const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
                axe.run(document, {runOnly: {type: 'tag', values: tags}})
                    .then(found => done(found.violations.map(each =>
                        each.id + ': ' + each.nodes.slice(0, 3).map(node => node.html).join(' | '))));
                """));
    }
}
