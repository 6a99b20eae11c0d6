package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.rules.EnvironmentAliases;
import dev.bastion.access.rules.EnvironmentChannels;
import dev.bastion.layout.account.AwsAccounts;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NameProblemsTest {
    private static final Layout LAYOUT = new Layout(
            "access",
            List.of(new PathPattern("live/{name}/x.hcl"), new PathPattern("more/{name}/x.hcl")),
            List.of(),
            List.of(),
            List.of(),
            AwsAccounts.NONE,
            new EnvironmentAliases(Map.of(new EnvironmentName("ord"), new EnvironmentName("orders"))),
            EnvironmentChannels.NONE);

    private static List<String> problems(String file, String... files) {
        List<String> existing = List.of(files);
        List<EnvironmentName> all = Stream.of(files)
                .flatMap(path -> LAYOUT.environmentAt(path).stream())
                .toList();
        return NameProblems.of(file, LAYOUT, all, existing::contains).stream()
                .map(ShapeProblem::sentence)
                .toList();
    }

    @Test
    void aNameOfItsOwnHasNone() {
        assertThat(problems("live/a/x.hcl", "live/a/x.hcl", "more/b/x.hcl")).isEmpty();
    }

    @Test
    void bothFilesAreNamed() {
        assertThat(problems("live/A/x.hcl", "live/A/x.hcl", "more/a/x.hcl"))
                .containsExactly("live/A/x.hcl: its resources would have the names of those of a (more/a/x.hcl)."
                        + " Rename one of them.");
        assertThat(problems("live/a/x.hcl", "live/a/x.hcl", "more/a/x.hcl"))
                .containsExactly(
                        "live/a/x.hcl: it has the name of the environment of more/a/x.hcl. Remove one of them.");
    }

    @Test
    void anAliasOfAnotherIsNoName() {
        assertThat(problems("live/ORD/x.hcl", "live/ORD/x.hcl"))
                .containsExactly("live/ORD/x.hcl: its name is an alias of orders in ledger.yaml. Rename it, or remove"
                        + " the alias.");
    }

    @Test
    void whatIsNoEnvironmentHasNone() {
        assertThat(problems("other/a/x.hcl", "live/a/x.hcl")).isEmpty();
    }
}
