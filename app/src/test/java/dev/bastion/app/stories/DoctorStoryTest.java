package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.ServiceWorld;
import dev.bastion.app.world.SmallNetwork;
import dev.bastion.app.world.SmallNetwork.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code /bastion doctor} says of the whole service, its ledger, its CI and its AWS. */
class DoctorStoryTest {
    private static final Pattern EXPIRES = Pattern.compile("(?m)^Expires-At: (\\S+)$");

    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    /** Asks until the answer has the text: one answer serves for five seconds, and a person may ask once in that time. */
    private void doctorSays(String person, String text) {
        await().pollInterval(Duration.ofSeconds(6)).untilAsserted(() -> {
            int before = world.slack().ephemerals(person).size();
            world.as(person).command("/bastion", "doctor dev");
            await().until(() -> world.slack().ephemerals(person).size() > before);
            assertThat(world.slack().ephemerals(person).getLast().readable()).contains(text);
        });
    }

    /** The tags and the schedule that the module makes for the grant. */
    private void tagAndSchedule() {
        Matcher expires = EXPIRES.matcher(world.ledger().lastMessage("open"));
        assertThat(expires.find()).isTrue();
        Instant end = Instant.parse(expires.group(1));
        world.aws().tagAlso("dev", Map.of("Name", "bastion-orders-dev", "ExpiresAt", end.toString()));
        world.aws().network().schedule(end.plusSeconds(300), "i-dev", "ENABLED");
    }

    @Test
    void doctorFindsTheCauseAndThenThatItIsRepaired() {
        world.ready("bastion");
        world.as("john.doe").command("/bastion", "create dev 1h INC-12");
        world.awaitStage("ready");
        tagAndSchedule();
        doctorSays("jane.roe", "*dev* is fine: ready since");
        Rule intoTheDatabase = new Rule(SmallNetwork.DATABASE, false, 5432, SmallNetwork.BASTION);
        world.aws().network().rules.remove(intoTheDatabase);
        doctorSays(
                "jane.roe",
                "*dev* has a problem: the database's security group sg-database does not let the bastion in");
        world.aws().network().rules.add(intoTheDatabase);
        world.aws().deny("GetInstanceProfile", "AccessDenied");
        doctorSays("jane.roe", "I found nothing wrong with *dev*, but I could not check everything.");
        world.aws().down(true);
        doctorSays("jane.roe", "AWS does not answer ec2:DescribeInstances");
        world.aws().down(false);
        world.as("john.doe").command("/bastion", "destroy dev");
        world.awaitStage("gone");
        doctorSays("jane.roe", "*dev* is fine: it is closed, and no bastion is left.");
    }
}
