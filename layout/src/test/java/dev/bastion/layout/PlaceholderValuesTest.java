package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholderValuesTest {
    private static Optional<PlaceholderValues> of(String path, String pattern) {
        return PlaceholderValues.of(List.of(path.split("/", -1)), List.of(pattern.split("/", -1)));
    }

    @ParameterizedTest
    @CsvSource({
        "live/{name}/x.hcl, live/a/x.hcl, a, , ",
        "live/{name}/x.hcl, live/a/b/c/x.hcl, a/b/c, , ",
        "{name}/y/x.hcl, y/y/y/x.hcl, y/y, , ",
        "{account}/y/{region}/{name}/x.hcl, prod/y/eu/a/b/x.hcl, a/b, prod, eu",
        "{name}/{region}/y/{account}/x.hcl, a/b/eu/y/prod/x.hcl, a/b, prod, eu",
        "{account}/{name}/{region}/x.hcl, prod/a/b/eu/x.hcl, a/b, prod, eu",
    })
    void theNameTakesThePartsThatTheOthersLeave(
            String pattern, String path, String name, @Nullable String account, @Nullable String region) {
        assertThat(of(path, pattern))
                .contains(new PlaceholderValues(
                        name, Optional.ofNullable(account), Optional.ofNullable(region), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "live/{name}/x.hcl, live/x.hcl",
        "live/{name}/x.hcl, x.hcl",
        "live/{name}/x.hcl, live//x.hcl",
        "live/{name}/x.hcl, other/a/x.hcl",
        "live/{name}/x.hcl, live/a/y.hcl",
        "live/{name}/x.hcl, live/a/b/y.hcl",
        "{account}/y/{name}/x.hcl, prod/z/a/x.hcl",
        "{name}/y/{region}/x.hcl, a/b/z/eu/x.hcl",
    })
    void aPathWithOtherPartsOrWithoutANameHasNone(String pattern, String path) {
        assertThat(of(path, pattern)).isEmpty();
    }
}
