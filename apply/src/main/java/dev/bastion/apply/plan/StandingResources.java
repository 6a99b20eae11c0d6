package dev.bastion.apply.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * The resources of the bastion module that may exist while an environment is closed. The module decides what does; these
 * are the bounds that the guard, the check after an apply and the comparison with AWS hold it to. Neither instance nor
 * schedule is among them.
 */
public enum StandingResources {
    /** Records and alarms: of an environment whose file is gone. */
    RECORDS,
    /** Also what costs nothing and opens nothing: roles, instance profile, session documents, a group without rules. */
    SKELETON,
    /** Also the rules, where the environment file asks for {@code standing_rules}. */
    SKELETON_AND_RULES;

    private static final Set<String> OF_THE_SKELETON = Set.of(
            "aws_iam_instance_profile.bastion",
            "aws_iam_role.bastion",
            "aws_iam_role.end",
            "aws_iam_role_policy.agent",
            "aws_iam_role_policy.end",
            "aws_security_group.bastion",
            "aws_ssm_document.port",
            "aws_ssm_document.shell",
            "aws_ssm_document.targets");
    private static final Set<String> RULES = Set.of(
            "aws_vpc_security_group_egress_rule.database",
            "aws_vpc_security_group_egress_rule.endpoints",
            "aws_vpc_security_group_egress_rule.internet",
            "aws_vpc_security_group_egress_rule.targets",
            "aws_vpc_security_group_ingress_rule.database",
            "aws_vpc_security_group_ingress_rule.endpoints",
            "aws_vpc_security_group_ingress_rule.targets");

    /** The addresses that a closed environment's state must not have. Data sources do not count. */
    public List<String> leftBehind(List<String> addresses) {
        return addresses.stream()
                .filter(address -> !RetainedResources.isData(address) && !allows(address))
                .toList();
    }

    /** Whether the resource may exist; the address may have the module's prefix, as the CDKTF driver's have. */
    public boolean allows(String address) {
        return RetainedResources.isRetained(RetainedResources.typeOf(address)) || isStanding(withoutKey(address));
    }

    /** Whether a plan may create the resource: a security group only without rules of its own. */
    boolean allowsCreationOf(PlannedChange change) {
        return allows(change.address()) && !hasRules(change.after(), "ingress") && !hasRules(change.after(), "egress");
    }

    private static boolean hasRules(JsonNode resource, String direction) {
        return resource.path(direction).isArray() && !resource.path(direction).isEmpty();
    }

    private boolean isStanding(String name) {
        return switch (this) {
            case RECORDS -> false;
            case SKELETON -> OF_THE_SKELETON.contains(name);
            case SKELETON_AND_RULES -> OF_THE_SKELETON.contains(name) || RULES.contains(name);
        };
    }

    /** Type and name within the bastion module. The modules inside it have none that stand. */
    private static String withoutKey(String address) {
        String within = ModuleScope.withinModule(address);
        int key = within.indexOf('[');
        return key < 0 ? within : within.substring(0, key);
    }
}
