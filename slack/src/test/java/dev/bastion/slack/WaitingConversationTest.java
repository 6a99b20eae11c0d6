package dev.bastion.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.rules.Audience;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.sandbox.slack.model.SlackUser;
import dev.bastion.slack.message.HolderQuestion;
import dev.bastion.slack.waiting.WaitingMessages;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** People wait for an environment that another has, over real sockets. */
class WaitingConversationTest {
    private static final String JANE = "jane.roe";
    private static final String MAX = "max.mustermann";

    private final SlackWorld world = SlackWorld.open();

    @AfterEach
    void stop() {
        world.close();
    }

    private void type(String person, String text) {
        world.workspace().as(person).command("/bastion", text).acknowledged();
    }

    private void click(String person, Message message, String action) {
        world.workspace().as(person).click(message, action).acknowledged();
    }

    private void taken() {
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "is being opened");
    }

    private Message refused(String person, String command) {
        type(person, command);
        world.ephemeralSays(person, "*dev* is already open for *john.doe* until");
        return world.workspace().ephemerals(person).getLast();
    }

    private void waits(String person, String command) {
        click(person, refused(person, command), WaitingMessages.WAIT_ACTION);
        world.ephemeralSays(person, "I'll write to you when *dev* is free.");
    }

    private void free() {
        type("john.doe", "destroy dev");
        world.ephemeralSays("john.doe", "has ended");
    }

    /** What the service does every few seconds. */
    private void look() {
        world.app().lookAtWaits();
    }

    private List<Message> messages(String person) {
        return world.workspace().dms(person).stream()
                .filter(message -> message.metadata("stage").isPresent())
                .filter(message -> message.metadata("environment").isPresent())
                .toList();
    }

    private String newest(String person) {
        return messages(person).getLast().readable();
    }

    private Grant dev() {
        return world.grant("dev");
    }

    @Test
    void aPersonWaitsIsToldAndRequestsWhatTheyHadTyped() {
        taken();
        Message refusal = refused(JANE, "create dev 45m INC-12 slow query");
        assertThat(refusal.actions()).containsExactly(WaitingMessages.WAIT_ACTION, HolderQuestion.ASK_ACTION);
        click(JANE, refusal, WaitingMessages.WAIT_ACTION);
        world.ephemeralSays(JANE, "I'll write to you when *dev* is free.");
        assertThat(newest(JANE)).startsWith("⏳ I'll write to you when *dev* is free. *john.doe* has it until");
        look();
        assertThat(messages(JANE)).hasSize(1);
        free();
        look();
        assertThat(newest(JANE))
                .startsWith("🟢 *dev* is free. You are next: I will tell the next person")
                .contains("Request dev for 45m: INC-12 slow query");
        assertThat(messages(JANE).getFirst().actions()).isEmpty();
        assertThat(world.ledger.read().openGrants())
                .as("nobody gets access by waiting")
                .isEmpty();
        click(JANE, messages(JANE).getLast(), WaitingMessages.REQUEST_ACTION);
        SlackWorld.soon().until(() -> !world.ledger.read().openGrants().isEmpty());
        assertThat(dev().total()).isEqualTo(Duration.ofMinutes(45));
        assertThat(dev().reason().text()).isEqualTo("INC-12 slow query");
        SlackWorld.soon()
                .until(() -> newest(JANE)
                        .equals("You requested *dev*, so you no longer wait for it.\n"
                                + "You requested *dev*, so you no longer wait for it."));
    }

    /** The private message is the only memory. */
    @Test
    void aWaitIsFoundAgainAfterTheProcessWasKilled() {
        taken();
        waits(JANE, "create dev 45m INC-12");
        world.killAndRestart();
        free();
        look();
        assertThat(newest(JANE)).contains("*dev* is free").contains("Request dev for 45m: INC-12");
        world.killAndRestart();
        click(JANE, messages(JANE).getLast(), WaitingMessages.REQUEST_ACTION);
        SlackWorld.soon().until(() -> newest(JANE).startsWith("You requested *dev*"));
        world.ephemeralSays(JANE, "is being opened");
        assertThat(messages(JANE)).as("told once").hasSize(2);
        world.killAndRestart();
        look();
        look();
        assertThat(messages(JANE)).hasSize(2);
    }

    @Test
    void peopleAreToldOneAfterTheOtherInTheOrderInWhichTheyAsked() {
        taken();
        waits(MAX, "create dev");
        world.clockOffset = Duration.ofSeconds(2);
        click(JANE, refused(JANE, "create dev"), WaitingMessages.WAIT_ACTION);
        world.ephemeralSays(JANE, "is free. One person waits before you.");
        free();
        look();
        look();
        assertThat(newest(MAX)).contains("*dev* is free. You are next");
        assertThat(messages(JANE)).hasSize(1);
        world.clockOffset = Duration.ofMinutes(10).plusSeconds(5);
        look();
        look();
        assertThat(newest(MAX)).contains("*dev* was free, and your turn ended").contains("`/bastion create dev`");
        assertThat(messages(MAX).getLast().actions()).isEmpty();
        assertThat(newest(JANE)).contains("*dev* is free. You are next");
    }

    @Test
    void whoeverIsFasterGetsItAndTheFirstKeepsThePlace() {
        taken();
        waits(MAX, "create dev");
        free();
        look();
        type(JANE, "create dev");
        world.ephemeralSays(JANE, "is being opened");
        look();
        assertThat(newest(MAX)).startsWith("⏳ *dev* was free, and now *jane.roe* has it until");
        assertThat(messages(MAX).getLast().actions()).containsExactly(WaitingMessages.STOP_ACTION);
        type(JANE, "destroy dev");
        world.ephemeralSays(JANE, "has ended");
        look();
        assertThat(newest(MAX)).contains("*dev* is free");
    }

    @Test
    void stopWaitingEndsItAlsoAfterARestart() {
        taken();
        waits(JANE, "create dev");
        waits(MAX, "create dev");
        world.killAndRestart();
        click(JANE, messages(JANE).getLast(), WaitingMessages.STOP_ACTION);
        SlackWorld.soon().until(() -> newest(JANE).startsWith("You stopped waiting for *dev*."));
        click(JANE, messages(MAX).getLast(), WaitingMessages.STOP_ACTION);
        world.ephemeralSays(JANE, "You no longer wait for it.");
        free();
        look();
        look();
        assertThat(messages(JANE)).hasSize(1);
        assertThat(newest(MAX)).as("nobody else stops it").contains("*dev* is free");
    }

    @Test
    void aMessageThatIsDeletedEndsTheWait() {
        taken();
        waits(JANE, "create dev");
        Message message = messages(JANE).getLast();
        world.web().delete(new AnnouncementRef(message.channel() + "/" + message.ts()));
        free();
        look();
        assertThat(messages(JANE)).isEmpty();
    }

    @Test
    void aPersonWaitsOnceForAnEnvironmentWhateverProcessAnswers() {
        taken();
        waits(JANE, "create dev");
        Message again = refused(JANE, "create dev 30m");
        click(JANE, again, WaitingMessages.WAIT_ACTION);
        world.ephemeralSays(JANE, "You already wait for *dev*, since");
        world.killAndRestart();
        click(JANE, again, WaitingMessages.WAIT_ACTION);
        world.ephemeralSays(JANE, "You already wait for *dev*, since");
        assertThat(messages(JANE)).hasSize(1);
    }

    @Test
    void whoMayNoLongerRequestItIsToldAndTheNextOneIsAsked() {
        taken();
        waits(JANE, "create dev");
        world.clockOffset = Duration.ofSeconds(2);
        waits(MAX, "create dev");
        world.ledger.mayRequest = Audience.of(Set.of("U12345678", "U34567890"));
        free();
        look();
        assertThat(newest(JANE)).contains("You no longer wait for *dev*.", "not allowed to request");
        assertThat(newest(MAX)).contains("*dev* is free");
        taken();
        click(JANE, world.workspace().ephemerals(JANE).getFirst(), WaitingMessages.WAIT_ACTION);
        world.ephemeralSays(JANE, "not allowed to request");
    }

    @Test
    void anAccountThatIsNoLongerActiveIsOfferedNothing() {
        taken();
        waits(JANE, "create dev");
        world.workspace().change(JANE, SlackUser.Kind.GUEST);
        free();
        look();
        assertThat(newest(JANE)).startsWith("You stopped waiting for *dev*.");
    }

    @Test
    void aWaitLastsADayAndThePersonIsToldThatItEnded() {
        taken();
        world.ledger.put(new Grant(
                dev().environment(),
                dev().request(),
                dev().holder(),
                dev().reason(),
                dev().createdAt(),
                dev().createdAt().plus(Duration.ofDays(3)),
                dev().openedBy(),
                dev().shownIn(),
                false));
        waits(JANE, "create dev");
        world.clockOffset = Duration.ofHours(24).plusSeconds(5);
        look();
        assertThat(newest(JANE)).contains("*dev* was not free within 24 hours");
        free();
        look();
        assertThat(messages(JANE)).hasSize(2);
    }

    @Test
    void whatIsFreeMeanwhileIsNotWaitedFor() {
        taken();
        Message refusal = refused(JANE, "create dev");
        free();
        click(JANE, refusal, WaitingMessages.WAIT_ACTION);
        world.ephemeralSays(JANE, "*dev* is free. Request it now.");
        assertThat(messages(JANE)).isEmpty();
        for (LedgerChange change : world.ledger.commits()) {
            assertThat(change.environment().value()).isEqualTo("dev");
        }
    }

    @Test
    void aFailureOfSlackOnlyDelaysTheTurn() {
        taken();
        waits(JANE, "create dev");
        free();
        world.workspace().faults().fail("conversations.history", new ApiFailure.Status(503), 1);
        look();
        look();
        assertThat(messages(JANE)).hasSize(2);
        assertThat(newest(JANE)).contains("*dev* is free");
    }

    /** An app that was installed from an older manifest: nothing but the search after a restart is missing. */
    @Test
    void withoutTheScopeThatFindsWaitsTheServiceIsReady() {
        world.workspace().faults().withhold("im:read", true);
        taken();
        waits(JANE, "create dev");
        look();
        assertThat(world.app().setupProblems()).isEmpty();
        free();
        look();
        assertThat(newest(JANE)).contains("*dev* is free");
    }

    @Test
    void meAndAppHomeShowWhatIWaitFor() {
        taken();
        waits(MAX, "create dev");
        waits(JANE, "create dev");
        world.workspace().as(JANE).openHome();
        type(JANE, "me");
        world.ephemeralSays(JANE, "⏳ You wait for *dev*. One person waits before you.");
        SlackWorld.soon().until(() -> home(JANE).contains("You wait for *dev*."));
        Message mine = world.workspace().ephemerals(JANE).getLast();
        click(JANE, mine, WaitingMessages.STOP_ACTION);
        SlackWorld.soon().until(() -> newest(JANE).startsWith("You stopped waiting"));
        SlackWorld.soon().until(() -> !home(JANE).contains("You wait for"));
        type(JANE, "me");
        world.ephemeralSays(JANE, "You have no access now.");
        assertThat(world.workspace().ephemerals(JANE).getLast().readable()).doesNotContain("You wait");
    }

    @Test
    void hostileNamesAndReasonsStayText() {
        taken();
        waits("mallory", "create dev 45m `<!channel>` <https://evil.example|bank> *x* INC-1");
        free();
        look();
        click("mallory", messages("mallory").getLast(), WaitingMessages.REQUEST_ACTION);
        SlackWorld.soon().until(() -> !world.ledger.read().openGrants().isEmpty());
        click(JANE, refusedByMallory(), WaitingMessages.WAIT_ACTION);
        SlackWorld.soon().until(() -> !messages(JANE).isEmpty());
        for (String person : List.of("mallory", JANE)) {
            for (Message message : messages(person)) {
                message.versions()
                        .forEach(version ->
                                HostileTexts.assertTame(version.text() + version.blocks(), "a message about a wait"));
            }
        }
    }

    private String home(String person) {
        return world.workspace()
                .home(person)
                .map(view -> view.blocks().toString())
                .orElse("");
    }

    private Message refusedByMallory() {
        type(JANE, "create dev");
        world.ephemeralSays(JANE, "is already open");
        return world.workspace().ephemerals(JANE).getLast();
    }
}
