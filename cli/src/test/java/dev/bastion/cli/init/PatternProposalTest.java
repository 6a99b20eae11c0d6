package dev.bastion.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.layout.PathPattern;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternProposalTest {
    @ParameterizedTest
    @CsvSource({
        "environments/dev/bastion/terragrunt.hcl, environments/{name}/bastion/terragrunt.hcl",
        "live/dev/bastion/terragrunt.hcl live/prod/orders/bastion/terragrunt.hcl, live/{name}/bastion/terragrunt.hcl",
        "dev/bastion/terragrunt.hcl, {name}/bastion/terragrunt.hcl",
        "live/dev/terragrunt.hcl live/prod/terragrunt.hcl, live/{name}/terragrunt.hcl",
        "a/dev/bastion/terragrunt.hcl b/dev/db/terragrunt.hcl,"
                + " a/{name}/bastion/terragrunt.hcl b/{name}/terragrunt.hcl",
        "bastion/terragrunt.hcl, {name}/terragrunt.hcl",
        "terragrunt.hcl, ''",
    })
    void thePatternsNameWhatIsThere(String paths, String patterns) {
        assertThat(PatternProposal.of(Arrays.asList(paths.split(" "))).stream()
                        .map(PathPattern::text)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(patterns);
    }
}
