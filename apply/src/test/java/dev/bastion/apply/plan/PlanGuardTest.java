package dev.bastion.apply.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.apply.Plans;
import dev.bastion.apply.run.Intent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanGuardTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "open,               OPEN,  CHILD_MODULE",
        "extend,             OPEN,  CHILD_MODULE",
        "close,              CLOSE, CHILD_MODULE",
        "first-close,        CLOSE, CHILD_MODULE",
        "root-open,          OPEN,  ROOT_MODULE",
        "root-close,         CLOSE, ROOT_MODULE",
    })
    void acceptsPlansOfTheBastion(String plan, Intent intent, ModuleScope scope) {
        assertThat(objections(plan, intent, scope)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        open-destroys         | OPEN  | CHILD_MODULE | 2 | destroys module.bastion.aws_vpc_security_group_egress_rule.endpoints["0"], but opening or extending must not remove anything
        open-replaces         | OPEN  | CHILD_MODULE | 1 | replaces module.bastion.aws_instance.bastion[0], but opening or extending must not remove anything (replace because tainted)
        close                 | OPEN  | CHILD_MODULE | 13 | destroys module.bastion.aws_iam_instance_profile.bastion[0], but opening
        close-touches-outside | CLOSE | CHILD_MODULE | 1 | creates terraform_data.other, which is outside the bastion module
        close-creates         | CLOSE | CHILD_MODULE | 1 | creates module.bastion.aws_iam_role.ungated while the environment is closed
        open                  | CLOSE | CHILD_MODULE | 6 | creates module.bastion.aws_instance.bastion[0] while the environment is closed
        root-open             | CLOSE | ROOT_MODULE  | 6 | creates aws_instance.bastion[0] while the environment is closed
        root-close-orphan     | CLOSE | ROOT_MODULE  | 1 | destroys terraform_data.network, which is outside the bastion module
        root-open             | OPEN  | CHILD_MODULE | 16 | creates aws_cloudwatch_log_group.sessions, which is outside the bastion module
        """)
    void refuses(String plan, Intent intent, ModuleScope scope, int count, String because) {
        assertThat(objections(plan, intent, scope))
                .hasSize(count)
                .first()
                .asString()
                .contains(because);
    }

    @Test
    void namesTheOtherDriverAndTheWayForward() {
        assertThat(objections("root-on-child-state", Intent.CLOSE, ModuleScope.ROOT_MODULE))
                .containsExactly("the state has 16 resources at addresses of the CDKTF driver"
                        + " (module.bastion.aws_cloudwatch_log_group.sessions, …). Apply with --driver cdktf, or"
                        + " move each with: terraform state mv 'module.bastion.aws_cloudwatch_log_group.sessions'"
                        + " 'aws_cloudwatch_log_group.sessions'");
        assertThat(objections("child-on-root-state", Intent.OPEN, ModuleScope.CHILD_MODULE))
                .containsExactly("the state has 16 resources at addresses of the Terragrunt driver"
                        + " (aws_cloudwatch_log_group.sessions, …). Apply with --driver terragrunt, or move each"
                        + " with: terraform state mv 'aws_cloudwatch_log_group.sessions'"
                        + " 'module.bastion.aws_cloudwatch_log_group.sessions'");
    }

    @Test
    void refusesToForgetAResource() {
        var forgotten = change("module.bastion.aws_instance.bastion[0]", "forget");
        for (Intent intent : Intent.values()) {
            assertThat(new PlanGuard(ModuleScope.CHILD_MODULE, Optional.empty())
                            .objections(plan(forgotten), intent, StandingResources.SKELETON))
                    .containsExactly(
                            "the plan forgets module.bastion.aws_instance.bastion[0]: it would stay in AWS, and no"
                                    + " later run would remove it. Remove the removed block.");
        }
    }

    /** An environment whose file is gone keeps records; one that asks for standing rules keeps these, too. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"RECORDS, 13", "SKELETON, 6", "SKELETON_AND_RULES, 2"})
    void aClosedEnvironmentCreatesWhatMayStandThere(StandingResources standing, int refused) {
        assertThat(new PlanGuard(ModuleScope.CHILD_MODULE, Optional.empty())
                        .objections(Plans.load("open"), Intent.CLOSE, standing))
                .hasSize(refused)
                .anyMatch(objection -> objection.contains("creates module.bastion.aws_instance.bastion[0] while"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "create, '\"ingress\": [{\"from_port\": 22}]', true",
        "create, '\"egress\": [{\"from_port\": 0}]', true",
        "create, '\"ingress\": []', false",
        "create, '\"name\": \"x\"', false",
        "update, '\"egress\": [{\"from_port\": 0}]', false",
    })
    void aStandingGroupIsCreatedWithoutRules(String action, String attributes, boolean isRefused) {
        String group = """
            {"address": "module.bastion.aws_security_group.bastion[0]", "mode": "managed",
             "type": "aws_security_group", "change": {"actions": ["%s"], "before": null, "after": {%s}}}
            """.formatted(action, attributes);
        assertThat(new PlanGuard(ModuleScope.CHILD_MODULE, Optional.empty())
                        .objections(plan(group), Intent.CLOSE, StandingResources.SKELETON)
                        .isEmpty())
                .isEqualTo(!isRefused);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "open,      dev,  CHILD_MODULE, false",
        "open,      prod, CHILD_MODULE, true",
        "extend,    prod, CHILD_MODULE, true",
        "root-open, dev,  ROOT_MODULE,  false",
        "root-open, qa,   ROOT_MODULE,  true",
    })
    void anInstanceWithTheNameOfAnotherEnvironmentIsNotOpened(
            String plan, String environment, ModuleScope scope, boolean isRefused) {
        List<String> objections = new PlanGuard(scope, Optional.of(environment))
                .objections(Plans.load(plan), Intent.OPEN, StandingResources.SKELETON);
        if (isRefused) {
            assertThat(objections)
                    .singleElement()
                    .asString()
                    .contains("aws_instance.bastion[0] with the tag Environment=dev, and the service looks for "
                            + environment + ". Write `environment = \"" + environment + "\"` into the inputs.");
        } else {
            assertThat(objections).isEmpty();
        }
    }

    @Test
    void aNameNeverKeepsAnInstanceFromBeingRemoved() {
        assertThat(new PlanGuard(ModuleScope.CHILD_MODULE, Optional.of("prod"))
                        .objections(Plans.load("close"), Intent.CLOSE, StandingResources.SKELETON))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tags\": {\"Environment\": \"prod\"} | 1",
                "\"tags\": {\"Environment\": \"dev\"}, \"tags_all\": {\"Environment\": \"prod\"} | 1",
                "\"tags\": {\"Environment\": \"prod\"}, \"tags_all\": {\"Environment\": \"dev\"} | 0",
                "\"tags\": {\"Environment\": null} | 0",
                "\"tags\": {\"Name\": \"prod\"} | 0",
            })
    void theTagThatAwsGetsCounts(String after, int refused) {
        String instance = """
            {"address": "module.bastion.aws_instance.bastion[0]", "mode": "managed", "type": "aws_instance",
             "change": {"actions": ["create"], "before": null, "after": {%s}}}
            """.formatted(after);
        assertThat(new PlanGuard(ModuleScope.CHILD_MODULE, Optional.of("dev"))
                        .objections(plan(instance), Intent.OPEN, StandingResources.SKELETON))
                .hasSize(refused);
    }

    @Test
    void aModuleWithASimilarNameIsOutside() {
        for (String address : List.of(
                "module.bastion2.aws_instance.x",
                "module.bastion[0].aws_instance.x",
                "module.x.module.bastion.aws_instance.x")) {
            assertThat(new PlanGuard(ModuleScope.CHILD_MODULE, Optional.empty())
                            .objections(plan(change(address, "create")), Intent.OPEN, StandingResources.SKELETON))
                    .singleElement()
                    .asString()
                    .contains("outside the bastion module");
        }
    }

    private static List<String> objections(String plan, Intent intent, ModuleScope scope) {
        return new PlanGuard(scope, Optional.empty()).objections(Plans.load(plan), intent, StandingResources.SKELETON);
    }

    private static PlanDocument plan(String change) {
        return PlanDocument.parse("""
            {"format_version": "1.2", "timestamp": "2026-01-15T10:30:00Z", "resource_changes": [%s]}
            """.formatted(change));
    }

    private static String change(String address, String action) {
        return """
            {"address": "%s", "mode": "managed", "type": "aws_instance",
             "change": {"actions": ["%s"], "before": null, "after": null}}
            """.formatted(address, action);
    }
}
