package dev.bastion.slack.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.User;
import dev.bastion.access.grant.Person;
import dev.bastion.slack.Samples;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UserDirectoryTest {
    static Stream<Consumer<User>> outsiders() {
        return Stream.of(
                user -> user.setRestricted(true),
                user -> user.setUltraRestricted(true),
                user -> user.setStranger(true),
                user -> user.setBot(true),
                user -> user.setWorkflowBot(true),
                user -> user.setDeleted(true),
                user -> user.setId("USLACKBOT"));
    }

    @ParameterizedTest
    @MethodSource("outsiders")
    void onlyMembersGetAccess(Consumer<User> trait) {
        User user = john();
        trait.accept(user);
        assertThat(UserDirectory.of(user)).isInstanceOf(Identity.Outsider.class);
    }

    @Test
    void aMemberIsWhoSlackSays() {
        assertThat(UserDirectory.of(john())).isEqualTo(new Identity.Member(Samples.JOHN, Optional.empty()));
    }

    /** Names are for display: the one that Slack shows, in any script, and the deprecated handle last. */
    @ParameterizedTest
    @CsvSource({
        "Jo,        John Doe, john.doe, Jo",
        "'',        John Doe, john.doe, John-Doe",
        ",          John Doe, john.doe, John-Doe",
        "' ',       '',       john.doe, john.doe",
        "玛丽,       ,         mary,     玛丽",
        "'',        Renée,    renee,    Renée",
        ",          ,         ,         U12345678",
        "<!channel>, '',      john,     channel"
    })
    void thePersonHasTheNameThatSlackShows(String display, String real, String handle, String name) {
        User user = john();
        user.setName(handle);
        User.Profile profile = new User.Profile();
        profile.setDisplayName(display);
        profile.setRealName(real);
        user.setProfile(profile);
        assertThat(UserDirectory.of(user))
                .isEqualTo(new Identity.Member(new Person("U12345678", name), Optional.empty()));
    }

    private static User john() {
        User user = new User();
        user.setId("U12345678");
        user.setName("john.doe");
        return user;
    }
}
