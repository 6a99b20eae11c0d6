package dev.bastion.slack.command;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Reason;
import java.util.Optional;

/** A command that a person typed after {@code /bastion}. */
public sealed interface Command {
    record Help() implements Command {}

    /** {@code create} and nothing else: the modal asks for the rest. */
    record OpenRequestModal() implements Command {}

    /** @param breakGlass do not wait for approval */
    record Create(EnvironmentName environment, Optional<GrantDuration> duration, Reason reason, boolean breakGlass)
            implements Command {
        /** A request that waits for approval where the policy wants it. */
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
     * A word that is no command.
     *
     * @param typed as it was typed; hostile
     * @param nearest the command that was probably meant
     */
    record UnknownCommand(String typed, Optional<String> nearest) implements Command {}

    /** A command that needs an environment, without one. */
    record MissingEnvironment(String command) implements Command {}

    /** A word in the place of the environment that cannot be its name. */
    record InvalidEnvironment(String typed) implements Command {}

    /** @param problem what is wrong and what to write instead; safe to show */
    record InvalidArgument(String problem) implements Command {}
}
