package dev.bastion.github.status;

import dev.bastion.access.grant.EnvironmentName;

/** Contexts of the commit statuses that report an apply or a plan, one for each environment. */
final class StatusContext {
    private StatusContext() {}

    static String of(EnvironmentName environment) {
        return "bastion/apply/" + environment;
    }

    static String ofPlan(EnvironmentName environment) {
        return "bastion/plan/" + environment;
    }
}
