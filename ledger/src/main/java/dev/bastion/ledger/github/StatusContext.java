package dev.bastion.ledger.github;

import dev.bastion.access.EnvironmentName;

/** The name under which commit statuses tell what applying a commit to an environment came to. */
final class StatusContext {
    private StatusContext() {}

    static String of(EnvironmentName environment) {
        return "bastion/apply/" + environment;
    }
}
