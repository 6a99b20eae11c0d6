package dev.bastion.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.sandbox.slack.SlackWorkspace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The page as somebody uses it. */
class PageIT {
    private final PageTestServer world = new PageTestServer();
    private final Browser browser = new Browser();

    @BeforeEach
    void open() {
        browser.size(1500, 950);
        browser.open(world.url());
    }

    @AfterEach
    void stop() {
        browser.close();
        world.close();
    }

    private void say(String text) {
        browser.type("#composer", text + Keys.ENTER);
    }

    @Test
    void aCommandIsAnsweredToOneAloneAndAMessageAppearsWithButtonsThatWork() {
        say("/bastion create dev 2h INC-12 slow <query>");
        browser.until(() -> browser.count(".message") == 2);

        assertThat(browser.text(".ephemeral")).contains("Only visible to you", "Asked for dev", "slow <query>");
        assertThat(browser.text(".message:not(.ephemeral)")).contains("dev is ready for @john.doe until", "End now");
        browser.picture("message");

        browser.click("button[data-action=end]");
        browser.until(() -> browser.text("#confirm").contains("Open sessions are cut."));
        browser.picture("confirm");
        browser.click("#confirm .danger");
        browser.until(() -> browser.text(".message:not(.ephemeral)").contains("ended"));
        browser.until(() -> browser.text(".history").contains("(edited)"));
        browser.click(".history summary");
        browser.until(() -> browser.text(".history li").contains("dev is ready"));
        browser.picture("edited");

        browser.click("#people li:nth-child(2) button");
        browser.until(() -> browser.text("#people [aria-pressed=true]").contains("jane.roe"));
        browser.until(() -> browser.count(".message") == 1);
        assertThat(browser.count(".ephemeral")).isZero();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aModalTellsWhatIsWrongAtItsFieldAndKeepsWhatWasTyped() {
        say("/bastion create");
        browser.until(() -> browser.text("#modal h2").equals("Request access"));
        browser.type("#modal select", "prod");
        browser.type("#modal textarea", "this must fail");
        browser.picture("modal");
        browser.click("#modal [type=submit]");

        browser.until(() -> browser.text("#modal .error").contains("ticket number"));
        browser.picture("modal-error");
        assertThat(browser.run("return document.querySelector('#modal textarea').value"))
                .isEqualTo("this must fail");
        assertThat(browser.run("return document.querySelector('#modal select').value"))
                .isEqualTo("prod");

        browser.find("#modal textarea").clear();
        browser.type("#modal textarea", "INC-12");
        browser.click("#modal [type=submit]");
        browser.until(() -> browser.count("#modal[open]") == 0);
        assertThat(browser.complaints()).isEmpty();
    }

    /** Two buttons with the same action: the one that was clicked counts. */
    @Test
    void homeShowsTheAppsPageAndItsButtonsWork() {
        browser.click("#direct li:last-child button");
        browser.until(() -> browser.text(".home").contains("pressed: nothing yet"));
        assertThat(browser.text(".home")).contains("Your access", "dev is closed", "prod is closed");
        browser.picture("home");
        browser.click(".home .section:nth-of-type(2) button");
        browser.until(() -> browser.text(".home").contains("pressed: prod"));
        browser.click(".home .section:nth-of-type(1) button");
        browser.until(() -> browser.text(".home").contains("pressed: dev"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aSearchFindsWhatIsTypedAndAChoiceIsToldAtOnce() {
        say("/bastion search");
        browser.until(() -> browser.text("#modal h2").equals("Request access"));
        browser.until(() -> browser.count("#modal select option") == 101);
        browser.type("#modal textarea", "INC-12");
        browser.type("#modal [type=search]", "team-14");
        browser.until(() -> browser.text("#modal select option").contains("11 found: choose one"));
        browser.picture("modal-search");
        browser.click("#modal select option[value=team-142]");
        browser.until(() -> browser.text("#modal .context").contains("at most 8h in team-142"));
        browser.picture("modal-chosen");
        assertThat(browser.run("return document.querySelector('#modal textarea').value"))
                .isEqualTo("INC-12");
        assertThat(browser.run("return document.querySelector('#modal select').value"))
                .isEqualTo("team-142");
        browser.click("#modal [type=submit]");
        browser.until(() -> browser.count("#modal[open]") == 0);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatTheAppDoesNotAnswerSaysSo() {
        say("/bastion silence");

        browser.until(
                () -> browser.text(".ephemeral").contains("/bastion failed with the error \"operation_timeout\""));
    }

    @Test
    void whatIsLetGoWrongGoesWrong() {
        browser.click(".troubles summary");
        browser.click("#troubles details summary");
        browser.click("#troubles button[data-fault=SLACK_TRIPLE]");
        browser.until(() -> browser.count("#troubles [aria-checked=true]") == 1);
        say("/bastion create dev");

        browser.until(() -> browser.count(".message:not(.ephemeral)") == 3);
        browser.until(() -> browser.text("#parts").contains("the app is connected"));
        browser.picture("troubles");
        browser.click("#troubles button[data-fault=SLACK_TRIPLE]");
        browser.until(() -> browser.count("#troubles [aria-checked=true]") == 0);
    }

    @Test
    void hostileNamesAndTextsStayText() {
        world.slack
                .as("mallory")
                .say("<script>document.title = 'taken'</script> <!channel> *x* <img src=x onerror=alert(1)>");

        browser.until(() -> browser.text(".message").contains("<script>document.title"));
        assertThat(browser.count(".mention")).isZero();
        assertThat(browser.run("return document.title")).isEqualTo("bastion sandbox");
    }

    @Test
    void ledgerRunsAndInstancesAppearByThemselves() {
        Instant now = Instant.now();
        world.source.commit(entry("b2", "bastion(dev): open for john.doe until 2026-01-15T13:30:00Z", "open", now));
        browser.until(() -> browser.text("#panel-log").contains("open for john.doe"));
        browser.click("#panel-log summary");
        browser.until(() -> browser.text("#panel-log .added").contains("deploy_bastion"));
        world.source.commit(entry("c3", "bastion(dev): close, expired", "expire", now));
        browser.until(() -> browser.count("#panel-log details") == 2);
        assertThat(browser.count("#panel-log details[open]")).isEqualTo(1);
        browser.picture("ledger");

        browser.click("#tab-runs");
        world.source.run(new CiRun("7", "apply dev", "b2".repeat(20), CiRun.State.RUNNING, now, null, ""));
        browser.click("#panel-runs summary");
        world.source.print("\u001b[1mPlan:\u001b[0m 4 to add, 0 to change, 0 to destroy.");
        browser.until(() -> browser.text(".terminal").contains("4 to add"));
        world.source.print("module.bastion.aws_instance.this[0]: \u001b[32mCreation complete\u001b[0m");
        browser.until(() -> browser.text(".terminal").contains("Creation complete"));
        browser.picture("run");
        world.source.run(new CiRun(
                "7",
                "apply dev",
                "b2".repeat(20),
                CiRun.State.SUCCEEDED,
                now,
                now.plusSeconds(14),
                "+1 instance, +1 rule"));
        browser.until(() -> browser.text("#panel-runs").contains("succeeded"));
        assertThat(browser.text(".terminal")).contains("Creation complete");

        browser.click("#tab-instances");
        world.source.instance(new InstanceView(
                "i-0abc12345678def90",
                "dev",
                "running",
                "Online",
                now,
                now.plusSeconds(5400),
                Map.of("ManagedBy", "bastion")));
        browser.until(() -> browser.text("#panel-instances").contains("SSM Online"));
        browser.picture("instances");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aPullRequestIsReadAndApprovedByClicking() {
        Instant now = Instant.now();
        browser.click("#tab-pulls");
        world.source.pull(PageTestPullRequest.of("open", now));
        browser.click("#panel-pulls summary");
        browser.until(() -> browser.text(".pull .diff .added").contains("deploy_bastion"));
        assertThat(browser.text(".pull .markdown")).contains("john.doe asks for prod", "<img src=x", "2 resources");
        assertThat(browser.count(".pull img")).isZero();
        assertThat(browser.count(".pull a[href^=javascript]")).isZero();
        assertThat(browser.text(".pull .checks")).contains("bastion/plan/prod", "+1 instance", "0 of 1 approval");
        browser.picture("pull");

        browser.click(".pull [data-what=APPROVE]");
        browser.until(() -> browser.text("#toast").contains("Can not approve your own pull request"));
        browser.click("#people li:nth-child(2) button");
        browser.until(() -> browser.text(".pull .acting").equals("jane.roe"));
        browser.type(".pull textarea", "fine by *me*");
        world.source.pull(PageTestPullRequest.of(
                "open", now, new PullRequestView.Said("maxmustermann", "CHANGES_REQUESTED", now, true, "too long")));
        browser.until(() -> browser.text(".pull .talked").contains("requested changes (an earlier version)"));
        assertThat(browser.count(".pull[open]")).isEqualTo(1);
        browser.click(".pull [data-what=APPROVE]");
        browser.until(() -> world.source.acts().equals(List.of("jane.roe APPROVE #12: fine by *me*")));

        world.source.pull(PageTestPullRequest.of(
                "merged",
                now,
                new PullRequestView.Said("maxmustermann", "CHANGES_REQUESTED", now, true, "too long"),
                new PullRequestView.Said("janeroe", "APPROVED", now, false, "fine by *me*")));
        browser.until(() -> browser.text(".pull .talked em").equals("me"));
        assertThat(browser.count(".pull [data-what=APPROVE]")).isZero();
        assertThat(browser.text(".pull .lede")).contains("Merged by bastion[bot]");
        browser.run("document.querySelector('.pull .talked').scrollIntoView()");
        browser.picture("pull-merged");
    }

    @Test
    void itFitsANarrowScreenAndADarkRoom() {
        say("/bastion create dev");
        browser.until(() -> browser.count(".message") == 2);
        browser.click("#theme");
        browser.picture("dark");
        browser.size(500, 900);
        browser.picture("narrow");

        assertThat(browser.run("return document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo("true");
        assertThat(browser.find("#composer").isDisplayed()).isTrue();
        browser.click(".switch [data-show=side]");
        browser.until(() -> browser.find("#panel-log").isDisplayed());
        assertThat(world.slack.messages(SlackWorkspace.CHANNEL)).hasSize(1);
    }

    private static LogEntry entry(String sign, String subject, String action, Instant at) {
        String diff = """
                diff --git a/environments/dev/bastion/terragrunt.hcl b/environments/dev/bastion/terragrunt.hcl
                index 1111111..2222222 100644
                --- a/environments/dev/bastion/terragrunt.hcl
                +++ b/environments/dev/bastion/terragrunt.hcl
                @@ -20,3 +20,3 @@ inputs = {
                -  deploy_bastion        = 0
                -  requested_by_user_id  = ""
                +  deploy_bastion        = 1
                +  requested_by_user_id  = "U12345678"
                   requested_by_username = ""
                """;
        return new LogEntry(
                sign.repeat(20),
                at,
                "john.doe",
                "bastion",
                subject,
                "john.doe asked for dev for 3h: \"INC-12 slow query on orders\"",
                List.of(
                        new LogEntry.Trailer("Bastion-Action", action),
                        new LogEntry.Trailer("Bastion-Environment", "dev"),
                        new LogEntry.Trailer("Requested-By", "john.doe <U12345678>")),
                diff);
    }
}
