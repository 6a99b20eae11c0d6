package dev.bastion.github.status;

import dev.bastion.access.grant.EnvironmentName;

/** The names under which commit statuses tell what applying or planning a commit came to, by environment. */
final class StatusContext {
    private StatusContext() {}

    static String of(EnvironmentName environment) {
        return "bastion/apply/" + environment;
    }

    static String ofPlan(EnvironmentName environment) {
        return "bastion/plan/" + environment;
    }
}
