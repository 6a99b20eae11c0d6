package dev.bastion.layout.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.InvalidValue;
import dev.bastion.hcl.model.HclPath;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditPathsTest {
    @ParameterizedTest
    @CsvSource({
        "a/terragrunt.hcl, UNIT",
        "terragrunt.hcl, UNIT",
        "a/terragrunt.stack.hcl, STACK",
        "a/terraform.tfvars, ROOT_MODULE",
        "a/bastion.auto.tfvars, ROOT_MODULE",
        "a/x.y.auto.tfvars, ROOT_MODULE",
    })
    void theNameOfAFileDecidesItsShape(String path, FileShape shape) {
        assertThat(FileShape.of(path)).contains(shape);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/my-terragrunt.hcl",
                "a/terragrunt.hcl.json",
                "a/bastion.tfvars",
                "a/my-terraform.tfvars",
                "a/.auto.tfvars",
                "a/.b.auto.tfvars",
                "a/main.tf",
                "a/terragrunt.stack.hcl/x"
            })
    void aFileThatNoToolReadsByItselfHasNoShape(String path) {
        assertThat(FileShape.of(path)).isEmpty();
        assertThatThrownBy(() -> AuditPaths.of(path, Optional.empty(), Map.of()))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("ends with terragrunt.hcl");
    }

    @Test
    void theUsualPlaceIsThatOfTheShape() {
        assertThat(AuditPaths.usualOf("a/terragrunt.hcl")).isEqualTo(AuditPaths.OF_A_UNIT);
        assertThat(AuditPaths.usualOf("a/other.hcl")).isEqualTo(AuditPaths.OF_A_UNIT);
        assertThat(AuditPaths.of("a/terragrunt.hcl", Optional.empty(), Map.of()))
                .isEqualTo(AuditPaths.OF_A_UNIT);
        assertThat(AuditPaths.usualOf("a/b.auto.tfvars").of(AuditVariable.EXPIRES_AT))
                .isEqualTo(HclPath.of("expires_at"));
        assertThat(AuditPaths.usualOf("terragrunt.stack.hcl").of(AuditVariable.CREATED_AT))
                .isEqualTo(HclPath.of("unit.bastion.values.created_at"));
        assertThat(AuditPaths.OF_A_UNIT.all().values())
                .extracting(HclPath::toString)
                .containsExactly(
                        "inputs.deploy_bastion",
                        "inputs.requested_by_user_id",
                        "inputs.requested_by_username",
                        "inputs.created_at",
                        "inputs.expires_at");
    }

    @ParameterizedTest
    @CsvSource({
        "a/terragrunt.hcl, inputs, true",
        "a/terragrunt.hcl, '', false",
        "a/terragrunt.hcl, locals, false",
        "a/terragrunt.hcl, inputs.a, false",
        "a/b.auto.tfvars, '', true",
        "a/b.auto.tfvars, inputs, false",
        "a/terragrunt.stack.hcl, unit.db.values, true",
        "a/terragrunt.stack.hcl, stack.db.values, false",
        "a/terragrunt.stack.hcl, unit.db.inputs, false",
        "a/terragrunt.stack.hcl, unit.db.values.a, false",
        "a/terragrunt.stack.hcl, unit.values, false",
        "a/terragrunt.stack.hcl, '', false",
    })
    void onlyThePlaceOfTheShapeIsAllowed(String path, String place, boolean isAllowed) {
        if (isAllowed) {
            AuditPaths paths = AuditPaths.of(path, Optional.of(place), Map.of());
            assertThat(paths.object().map(HclPath::toString).orElse("")).isEqualTo(place);
        } else {
            assertThatThrownBy(() -> AuditPaths.of(path, Optional.of(place), Map.of()))
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageContaining("where such a file has the five values");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a/terragrunt.hcl, inputs",
        "a/terragrunt.stack.hcl, 'unit[\"bastion\"].values'",
        "a/b.auto.tfvars, ''",
    })
    void aWrongPlaceIsRefusedWithTheUsualOne(String path, String usual) {
        assertThatThrownBy(() -> AuditPaths.of(path, Optional.of("locals"), Map.of()))
                .hasMessageContaining("`" + usual + "`, where such a file has the five values");
    }

    @Test
    void aPlaceMustBeAPath() {
        assertThatThrownBy(() -> AuditPaths.of("terragrunt.hcl", Optional.of("in puts"), Map.of()))
                .hasMessageContaining("a path like inputs");
    }

    @Test
    void aVariableMayHaveAnotherName() {
        AuditPaths paths = new AuditPaths(
                Optional.empty(), Map.of(AuditVariable.EXPIRES_AT, "until", AuditVariable.DEPLOY, "bastion_enabled"));
        assertThat(paths.of(AuditVariable.DEPLOY)).isEqualTo(HclPath.of("bastion_enabled"));
        assertThat(paths.name(AuditVariable.CREATED_AT)).isEqualTo("created_at");
        assertThat(paths.variableOf("until")).contains(AuditVariable.EXPIRES_AT);
        assertThat(paths.variableOf("created_at")).contains(AuditVariable.CREATED_AT);
        assertThat(paths.variableOf("deploy_bastion")).isEmpty();
        // an index is identified by this text
        assertThat(paths.names()).hasToString("{DEPLOY=bastion_enabled, EXPIRES_AT=until}");
        assertThat(AuditVariable.of("expires_at")).contains(AuditVariable.EXPIRES_AT);
        assertThat(AuditVariable.of("until")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "1a", "a.b", "${a}", "á"})
    void aNameMustBeThatOfAVariable(String name) {
        assertThatThrownBy(() -> new AuditPaths(Optional.empty(), Map.of(AuditVariable.DEPLOY, name)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("the name of a variable");
    }

    @Test
    void twoVariablesCannotHaveTheSameName() {
        assertThatThrownBy(() -> new AuditPaths(Optional.empty(), Map.of(AuditVariable.DEPLOY, "expires_at")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("another name for each of the five variables");
    }
}
