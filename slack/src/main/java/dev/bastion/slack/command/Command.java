package dev.bastion.slack.command;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Reason;
import java.util.Optional;

/** What somebody typed after {@code /bastion}. */
public sealed interface Command {
    record Help() implements Command {}

    /** {@code create} and nothing else: ask for the rest. */
    record Ask() implements Command {}

    /** @param breakGlass do not wait for approval */
    record Create(EnvironmentName environment, Optional<GrantDuration> duration, Reason reason, boolean breakGlass)
            implements Command {
        /** One that waits for whoever must approve it. */
        Create(EnvironmentName environment, Optional<GrantDuration> duration, Reason reason) {
            this(environment, duration, reason, false);
        }
    }

    /** @param environment empty for all of them */
    record Status(Optional<EnvironmentName> environment) implements Command {}

    record Extend(EnvironmentName environment, Optional<GrantDuration> by) implements Command {}

    record Destroy(EnvironmentName environment) implements Command {}

    record Connect(EnvironmentName environment) implements Command {}

    record History(EnvironmentName environment) implements Command {}

    /**
     * No such command.
     *
     * @param typed as it was typed; hostile
     * @param nearest the command that was probably meant
     */
    record Misspelt(String typed, Optional<String> nearest) implements Command {}

    /** A command that needs an environment, without one. */
    record Incomplete(String command) implements Command {}

    /** What stands where the environment should be cannot name one. */
    record NoEnvironment(String typed) implements Command {}

    /** @param problem what is wrong and what to write instead; safe to show */
    record Malformed(String problem) implements Command {}
}
