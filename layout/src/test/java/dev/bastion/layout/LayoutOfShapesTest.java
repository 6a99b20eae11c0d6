package dev.bastion.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.AuditVariable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Environment files of several shapes in one repository. */
class LayoutOfShapesTest {
    private static final String ROOT_MODULE = "live/{name}/bastion.auto.tfvars";
    private static final AuditPaths NAMED =
            new AuditPaths(Optional.empty(), Map.of(AuditVariable.DEPLOY, "bastion_enabled"));
    private static final Layout LAYOUT = new Layout(
            "access",
            List.of(
                    new PathPattern(ROOT_MODULE, NameTemplate.PLAIN, AwsAccounts.NONE, NAMED),
                    new PathPattern("live/{name}/terragrunt.hcl"),
                    new PathPattern("stacks/{name}/terragrunt.stack.hcl")),
            List.of(),
            List.of());
    private static final Set<String> FILES =
            Set.of("live/dev/bastion.auto.tfvars", "live/unit/terragrunt.hcl", "stacks/dev/terragrunt.stack.hcl");

    private static FileKind kindOf(String path) {
        return LAYOUT.kindOf(path, FILES::contains);
    }

    @Test
    void theCodeOfARootModuleIsTheOwners() {
        EnvironmentName dev = new EnvironmentName("dev");
        assertThat(kindOf("live/dev/bastion.auto.tfvars")).isEqualTo(new FileKind.EnvironmentFile(dev));
        assertThat(kindOf("live/dev/main.tf")).isEqualTo(new FileKind.Evaluated());
        assertThat(kindOf("live/dev/z.auto.tfvars")).isEqualTo(new FileKind.Evaluated());
        assertThat(kindOf("live/dev/.terraform.lock.hcl")).isEqualTo(new FileKind.Evaluated());
        assertThat(kindOf("live/dev/modules/x/main.tf")).isEqualTo(new FileKind.Evaluated());
        assertThat(kindOf("live/dev/README.md")).isEqualTo(new FileKind.BesideEnvironment(dev));
        assertThat(kindOf("stacks/dev/x.hcl")).isEqualTo(new FileKind.BesideEnvironment(dev));
        assertThat(kindOf("live/unit/x.hcl")).isEqualTo(new FileKind.BesideEnvironment(new EnvironmentName("unit")));
    }

    @Test
    void theEnvironmentOfARootModuleIsKnownByItsCode() {
        assertThat(LAYOUT.rootModuleOf("live/dev/main.tf", FILES::contains)).contains(new EnvironmentName("dev"));
        assertThat(LAYOUT.rootModuleOf("live/dev/README.md", FILES::contains)).isEmpty();
        assertThat(LAYOUT.rootModuleOf("live/unit/main.tf", FILES::contains)).isEmpty();
        assertThat(LAYOUT.rootModuleOf("live/none/main.tf", FILES::contains)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "live/dev, live/dev/bastion.auto.tfvars",
        "live/unit, live/unit/terragrunt.hcl",
        "live/none, live/none/bastion.auto.tfvars",
        "stacks/dev, stacks/dev/terragrunt.stack.hcl",
        "elsewhere/dev, elsewhere/dev/terragrunt.hcl",
    })
    void theFileOfADirectoryIsTheOneThatExistsOrThatAPatternNames(String directory, String file) {
        assertThat(LAYOUT.fileIn(directory, FILES::contains)).isEqualTo(file);
    }

    @Test
    void aPatternSaysWhereTheValuesAre() {
        assertThat(LAYOUT.auditPathsAt("live/dev/bastion.auto.tfvars")).containsExactly(NAMED);
        assertThat(LAYOUT.auditPathsAt("live/dev/terragrunt.hcl")).containsExactly(AuditPaths.OF_A_UNIT);
        assertThat(LAYOUT.auditPathsAt("elsewhere/x.auto.tfvars")).containsExactly(AuditPaths.usualOf("x.auto.tfvars"));
        Layout after = LAYOUT.after(List.of(new PathPattern(ROOT_MODULE), new PathPattern(ROOT_MODULE)));
        assertThat(after.auditPathsAt("live/dev/bastion.auto.tfvars"))
                .containsExactly(NAMED, AuditPaths.usualOf(ROOT_MODULE));
    }

    @Test
    void theCodeOfARootModuleIsNoLookalike() {
        Lookalikes lookalikes = new Lookalikes(LAYOUT);
        Optional<byte[]> code = Optional.of("deploy_bastion = var.deploy_bastion\n".getBytes(UTF_8));
        assertThat(lookalikes.reason("live/dev/main.tf", code)).isEmpty();
        assertThat(lookalikes.reason("stacks/dev/main.tf", code)).isPresent();
        assertThat(lookalikes.reason("live/main.tf", code)).isPresent();
        assertThat(lookalikes.reason("live/dev/sub/x/y/main.tf", code)).isEmpty();
    }
}
