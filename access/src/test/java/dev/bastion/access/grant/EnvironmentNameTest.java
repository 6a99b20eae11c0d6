package dev.bastion.access.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev",
                "prod/orders",
                "a",
                "eu-west-1/prod/orders",
                "d2",
                "Dev",
                "my_env",
                "v1.2",
                "Orders_DB.v2",
                "_x",
                "a/b/c/d/e/f",
                "lock",
                "x.locker/y",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void aDirectoryBelowEnvironmentsIsAName(String value) {
        assertThat(new EnvironmentName(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../etc",
                "a/../b",
                "a..b",
                "a/./b",
                ".env",
                "x/.git",
                "x./y",
                "x.",
                "x-/y",
                "x/-y",
                "x.lock",
                "x.LOCK/y",
                "a b",
                "a:b",
                "a@b",
                "a*b",
                "_",
                "_/_",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "dev/",
                "/dev",
                "dev//x",
                "dev\n",
                "-dev",
                "dev-",
                "${run_cmd(\"id\")}",
                "dev .",
                "dév"
            })
    void nothingElseIs(String value) {
        assertThatThrownBy(() -> new EnvironmentName(value))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("like dev or prod/orders");
    }

    @ParameterizedTest
    @CsvSource({
        "dev, dev",
        "prod/orders, prod-orders",
        "Orders_DB.v2, orders-db-v2",
        "_x/_y_, x--y",
        "a--b, a--b",
        "PROD, prod",
    })
    void resourcesHaveALegalName(String name, String resources) {
        assertThat(new EnvironmentName(name).resourceName()).isEqualTo(resources);
    }

    @Test
    void aNameIsMeantInAnyCase() {
        EnvironmentName name = new EnvironmentName("Orders_DB.v2");
        assertThat(name.isTyped(new EnvironmentName("ORDERS_db.V2"))).isTrue();
        assertThat(name.isTyped(new EnvironmentName("ORDERS-db.V2"))).isFalse();
        assertThat(name.folded()).isEqualTo(new EnvironmentName("orders_db.v2"));
        assertThat(name).isNotEqualTo(new EnvironmentName("ORDERS_db.V2"));
    }

    @ParameterizedTest
    @CsvSource({
        "dev, dev, false, 1, dev",
        "dev#1, dev, true, 1, dev #1",
        "dev#2, dev, true, 2, dev #2",
        "Orders_DB.v2#10, Orders_DB.v2, true, 10, Orders_DB.v2 #10",
        "a/b#99, a/b, true, 99, a/b #99",
    })
    void aNameMayHaveTheNumberOfASlot(String name, String environment, boolean namesSlot, int slot, String title) {
        EnvironmentName read = new EnvironmentName(name);
        assertThat(read).hasToString(name);
        assertThat(read.withoutSlot()).isEqualTo(new EnvironmentName(environment));
        assertThat(read.namesSlot()).isEqualTo(namesSlot);
        assertThat(read.slot()).isEqualTo(slot);
        assertThat(read.title()).isEqualTo(title);
        assertThat(read.sharesSlotsWith(new EnvironmentName(environment))).isTrue();
        assertThat(read.sharesSlotsWith(new EnvironmentName("x"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"dev#", "dev#0", "dev#100", "dev#01", "dev##2", "dev#2#3", "#2", "dev#x", "dev#2/x", "de-#2"})
    void otherNumbersAreNone(String name) {
        assertThat(EnvironmentName.parse(name)).isEmpty();
    }

    @Test
    void theFirstSlotHasTheNameOfItsEnvironment() {
        EnvironmentName dev = new EnvironmentName("dev");
        assertThat(dev.slot(1)).isEqualTo(dev);
        assertThat(dev.slot(3).slot(1)).isEqualTo(dev);
        assertThat(dev.slot(3).slot(2)).hasToString("dev#2");
        assertThat(dev.slot(2).resourceName()).isEqualTo("dev-2");
        assertThat(dev.slot(2).localPort()).isNotEqualTo(dev.localPort());
    }

    @Test
    void theSlotsOfAnEnvironmentStandTogetherInOrder() {
        assertThat(Stream.of("dev-x", "dev#10", "dex", "dev#2", "dev", "dev/x", "de#2", "de", "dev.x")
                        .map(EnvironmentName::new)
                        .sorted()
                        .map(EnvironmentName::value))
                .containsExactly("de", "de#2", "dev", "dev#2", "dev#10", "dev-x", "dev.x", "dev/x", "dex");
    }
}
