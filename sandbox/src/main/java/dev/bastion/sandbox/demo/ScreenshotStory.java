package dev.bastion.sandbox.demo;

import static dev.bastion.sandbox.demo.StoryContext.JANE;
import static dev.bastion.sandbox.demo.StoryContext.JOHN;
import static dev.bastion.sandbox.demo.StoryContext.MAX;

import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.screenshot.HeadlessBrowser;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.world.SandboxWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The story behind the screenshots: John's access to dev is ready, and Max's request for prod waits for approval. Then the
 * page is captured as Jane sees it, who may approve, and the channel's two messages by themselves.
 */
public final class ScreenshotStory {
    private static final Duration MOMENT = Duration.ofSeconds(30);
    private static final Duration APPLY = Duration.ofMinutes(5);
    private static final String MESSAGES = "#messages article.message:not(.ephemeral)";

    private final StoryContext context;
    private final URI page;

    /** @param launcher the project's launcher, {@code bastion} in the checkout */
    public ScreenshotStory(SandboxWorld world, Narrator narrator, String launcher) {
        this.context = StoryContext.of(world, narrator, launcher);
        this.page = world.addresses().page();
    }

    /** Plays the story and writes {@code sandbox-page.png} and {@code slack-message.png} into a folder. */
    public void capture(Path folder, String path, Path profile) {
        johnGetsDev();
        maxRequestsProd();
        try (HeadlessBrowser browser = new HeadlessBrowser(path, profile)) {
            Files.createDirectories(folder);
            capturePage(browser, folder.resolve("sandbox-page.png"));
            captureMessages(browser, folder.resolve("slack-message.png"));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write into " + folder, failure);
        }
    }

    private void johnGetsDev() {
        List<LedgerCommit> before = context.ledger().all();
        context.channel().command(JOHN, "create dev 30m INC-12 slow query on orders");
        LedgerCommit open = context.ledger().awaitCommit("open", "dev", MOMENT, before);
        context.channel().awaitStage(open.trailer("Bastion-Request-Id").orElseThrow(), "ready", APPLY);
        context.narrator().observed("ready", "John can connect to dev");
    }

    private void maxRequestsProd() {
        context.channel().command(MAX, "create prod 10m INC-13 replay the failed payouts");
        Await.awaitTrue(
                "CI's plan for prod",
                APPLY,
                () -> context.world().github().pullRequests().stream()
                        .flatMap(pull -> context.world().github().statuses(pull.head()).stream())
                        .anyMatch(status -> status.context().equals("bastion/plan/prod")
                                && status.state().equals("success")));
        context.narrator().observed("waiting", "Max's request for prod waits for approval, with CI's plan");
    }

    private void capturePage(HeadlessBrowser browser, Path png) {
        show(browser, JANE, "tab-pulls", 1440, 900, 1);
        browser.until("the pull request", "document.querySelector('#panel-pulls details.pull') !== null");
        browser.run("document.querySelector('#panel-pulls details.pull').open = true");
        browser.capture(png);
        context.narrator().observed("captured", png.toString());
    }

    private void captureMessages(HeadlessBrowser browser, Path png) {
        show(browser, JANE, "tab-log", 1480, 1200, 2);
        browser.run("document.querySelector('#messages .day').style.visibility = 'hidden'");
        browser.capture(png, MESSAGES, 0);
        context.narrator().observed("captured", png.toString());
    }

    private void show(HeadlessBrowser browser, String who, String tab, int width, int height, int scale) {
        String id = context.world().slack().as(who).user().id();
        browser.open(page, width, height, scale);
        // the page reads these when it loads: who looks, the light theme, and the tab on the right
        browser.run("localStorage.setItem('me', '%s'); localStorage.setItem('theme', 'light');".formatted(id)
                + "localStorage.setItem('tab', '%s')".formatted(tab));
        browser.open(page, width, height, scale);
        int messages = context.world().slack().messages(SlackWorkspace.CHANNEL).size();
        browser.until(
                "the channel's messages", "document.querySelectorAll('%s').length >= %s".formatted(MESSAGES, messages));
    }
}
