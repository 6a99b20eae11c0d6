package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryPathTest {
    @ParameterizedTest
    @CsvSource({
        "environments/dev/bastion, ../../shared/network, environments/shared/network",
        "environments, ./m, environments/m",
        "environments, m//x/, environments/m/x",
        "'', m, m",
        "'', /m, m",
        "a/b, ../.., ''",
        "a, ../../x, ../x",
        "a, ../../../x, ../../x",
        "'', ../.., ../..",
    })
    void aRelativePathLeadsFromItsDirectory(String directory, String relative, String path) {
        assertThat(RepositoryPath.resolve(directory, relative)).isEqualTo(path);
    }
}
