package dev.bastion.access.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
