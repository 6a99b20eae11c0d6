package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import dev.bastion.sandbox.github.pulls.PullRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request for later, with the service as a process that is killed while the request waits. */
class LaterStoryTest {
    private static final Pattern NOT_BEFORE = Pattern.compile("\\*\\*Not-Before:\\*\\* (\\S+)");
    private static final Pattern CREATED_AT = Pattern.compile("Created-At: (\\S+)");
    private static final Pattern EXPIRES_AT = Pattern.compile("Expires-At: (\\S+)");

    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    private static Instant in(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
        return Instant.parse(found.group(1));
    }

    @Test
    void aRequestForLaterStartsAtItsTimeAlsoAfterARestart() {
        ServiceProcess first = world.ready("bastion");
        world.as("john.doe").command("/bastion", "create dev in 60 seconds for 10m INC-12 migration");
        await().until(() -> world.openPullRequest().isPresent());
        PullRequest pull = world.openPullRequest().orElseThrow();
        Instant start = in(NOT_BEFORE, pull.body());
        await().untilAsserted(() -> assertThat(world.ephemeralsTo("john.doe")).contains("waits in"));
        assertThat(world.ledger().isOpen("dev")).isFalse();
        first.kill();

        world.ready("bastion");
        await().until(() -> world.ledger().count("start") == 1);
        String started = world.ledger().lastMessage("start");
        assertThat(in(CREATED_AT, started)).isBetween(start, start.plusSeconds(60));
        assertThat(in(EXPIRES_AT, started)).isEqualTo(in(CREATED_AT, started).plus(Duration.ofMinutes(10)));
        assertThat(in(CREATED_AT, world.ledger().lastMessage("open"))).isEqualTo(start);
        world.awaitStage("ready");
        assertThat(world.channel()).as("one message from asking to open").hasSize(1);
    }
}
