package dev.bastion.access.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.InvalidValue;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GithubLoginTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "johndoe",
                "John-Doe",
                "a",
                "12345",
                "old--name",
                "old-",
                "johndoe_acme",
                "mona-cat_octo",
                "bastion[bot]",
                "github-actions[bot]",
                "_svc_",
                "a23456789012345678901234567890123456789"
            })
    void everyFormOfALoginIsOne(String login) {
        assertThat(new GithubLogin(login).value()).isEqualTo(login);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "john doe",
                "john\n",
                "@john",
                "john@acme",
                "john/doe",
                "<john>",
                "jöhn",
                "john\u200b",
                "-john",
                "john[bot]x",
                "[bot]",
                "john[bots]",
                "john.doe",
                "\u202ejohn"
            })
    void anotherTextIsNone(String login) {
        assertThatThrownBy(() -> new GithubLogin(login)).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bastion[bot]", "ghost", "Ghost"})
    void anAppAndADeletedAccountAreNoPerson(String login) {
        assertThatThrownBy(() -> GithubLogin.ofPerson(login)).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @CsvSource({
        "JohnDoe, johndoe, true",
        "JOHNDOE_acme, johndoe_ACME, true",
        "Bastion[bot], bastion[BOT], true",
        "johndoe, john-doe, false",
        "johndoe, johndoe_acme, false",
        "bastion, bastion[bot], false",
        // the Kelvin sign and the long s, which Java's equalsIgnoreCase takes for k and s
        "\u212aim, kim, false",
        "\u017fam, sam, false",
        // the dotless i and the dotted I
        "\u0131an, ian, false",
        "\u0130an, ian, false"
    })
    void caseAloneIsIgnored(String one, String other, boolean same) {
        assertThat(GithubLogin.areSame(one, other)).isEqualTo(same);
        assertThat(GithubLogin.areSame(other, one)).isEqualTo(same);
    }

    @Test
    void aPersonsLoginIsOne() {
        assertThat(GithubLogin.ofPerson("ghost_acme").value()).isEqualTo("ghost_acme");
    }

    @Test
    void theKeyIsTheLoginInLowerCase() {
        assertThat(GithubLogin.key("AZaz-09_[@`{bot]")).isEqualTo("azaz-09_[@`{bot]");
    }

    @Test
    void twoOfOneAccountAreEqual() {
        assertThat(new HashSet<>(Set.of(new GithubLogin("JohnDoe"))).contains(new GithubLogin("johndoe")))
                .isTrue();
        assertThat(new GithubLogin("johndoe"))
                .isNotEqualTo(new GithubLogin("janeroe"))
                .isNotEqualTo("johndoe");
        assertThat(new GithubLogin("johndoe").hashCode()).isNotEqualTo(new GithubLogin("janeroe").hashCode());
        assertThat(new GithubLogin("JohnDoe")).hasToString("JohnDoe");
    }
}
