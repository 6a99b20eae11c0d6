package dev.bastion.layout.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.hcl.model.StringLiteral;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateObjectTest {
    private static StateObject in(String bucket, String key, String region) {
        return new StateObject(bucket, key, Optional.of(region).filter(name -> !name.isEmpty()), Optional.empty());
    }

    @Test
    void bucketAndKeyMakeAnObject() {
        assertThat(in("one", "key", "").isSame(in("one", "key", ""))).isTrue();
        assertThat(in("one", "key", "").isSame(in("two", "key", ""))).isFalse();
        assertThat(in("one", "key", "").isSame(in("one", "other", ""))).isFalse();
    }

    @Test
    void aRegionTellsThemApartWhereBothSayOne() {
        assertThat(in("one", "key", "a").isSame(in("one", "key", "a"))).isTrue();
        assertThat(in("one", "key", "a").isSame(in("one", "key", "b"))).isFalse();
        assertThat(in("one", "key", "a").isSame(in("one", "key", ""))).isTrue();
        assertThat(in("one", "key", "").isSame(in("one", "key", "b"))).isTrue();
    }

    @Test
    void anEndpointIsAnotherStore() {
        StateObject elsewhere = new StateObject(
                "one", "key", Optional.empty(), Optional.of(new StringLiteral("https://store.example")));
        assertThat(elsewhere.isSame(elsewhere)).isTrue();
        assertThat(elsewhere.isSame(in("one", "key", ""))).isFalse();
    }
}
