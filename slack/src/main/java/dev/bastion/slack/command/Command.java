package dev.bastion.slack.command;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Reason;
import dev.bastion.slack.grammar.Length;
import dev.bastion.slack.grammar.Start;
import dev.bastion.slack.message.RequestDraft;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A command that a person typed after {@code /bastion}. */
public sealed interface Command {
    /** The environment that it names, as it was typed. */
    default Optional<EnvironmentName> environmentTyped() {
        return switch (this) {
            case Create create -> Optional.of(create.environment);
            case CreateAt create -> Optional.of(create.environment);
            case Ask ask -> Optional.of(ask.draft.environment());
            case Extend extend -> Optional.of(extend.environment);
            case Destroy destroy -> Optional.of(destroy.environment);
            case Connect connect -> Optional.of(connect.environment);
            case History history -> Optional.of(history.environment);
            case Doctor doctor -> Optional.of(doctor.environment);
            case Status status -> status.environment;
            case OpenRequestModal _,
                    Help _,
                    Me _,
                    Requests _,
                    UnknownCommand _,
                    MissingEnvironment _,
                    InvalidEnvironment _,
                    InvalidArgument _ -> Optional.empty();
        };
    }

    /** One that a message answers; the others may need a modal. */
    sealed interface Answered extends Command {
        /**
         * The same, with the name of the environment instead of what was typed for it.
         *
         * @param names from what was typed to the name
         */
        default Answered named(UnaryOperator<EnvironmentName> names) {
            return switch (this) {
                case Create(var typed, var duration, var reason, var breakGlass, var notBefore) ->
                    new Create(names.apply(typed), duration, reason, breakGlass, notBefore);
                case Status(var typed) -> new Status(typed.map(names));
                case Extend(var typed, var by) -> new Extend(names.apply(typed), by);
                case Destroy(var typed) -> new Destroy(names.apply(typed));
                case Connect(var typed) -> new Connect(names.apply(typed));
                case History(var typed) -> new History(names.apply(typed));
                case Doctor(var typed) -> new Doctor(names.apply(typed));
                case Help _,
                        Me _,
                        Requests _,
                        UnknownCommand _,
                        MissingEnvironment _,
                        InvalidEnvironment _,
                        InvalidArgument _ -> this;
            };
        }
    }

    record Help() implements Answered {}

    /** {@code create} and nothing else: the modal asks for the rest. */
    record OpenRequestModal() implements Command {}

    /**
     * @param breakGlass do not wait for approval
     * @param notBefore the start; empty for at once
     */
    record Create(
            EnvironmentName environment,
            Optional<GrantDuration> duration,
            Reason reason,
            boolean breakGlass,
            Optional<Instant> notBefore)
            implements Answered {
        /** A request for access at once. */
        Create(EnvironmentName environment, Optional<GrantDuration> duration, Reason reason, boolean breakGlass) {
            this(environment, duration, reason, breakGlass, Optional.empty());
        }

        /** A request that waits for approval where the policy wants it. */
        Create(EnvironmentName environment, Optional<GrantDuration> duration, Reason reason) {
            this(environment, duration, reason, false);
        }
    }

    /**
     * With a start or an end that is a time of the person's own day, which only Slack knows.
     *
     * @param breakGlass do not wait for approval
     */
    record CreateAt(
            EnvironmentName environment, Optional<Start> start, Length length, Reason reason, boolean breakGlass)
            implements Command {}

    /** A request of which a part was not understood: the modal shows it, with the questions. */
    record Ask(RequestDraft draft) implements Command {}

    /** @param environment empty for all of them */
    record Status(Optional<EnvironmentName> environment) implements Answered {}

    /** The person's own access, and their requests that wait. */
    record Me() implements Answered {}

    /** What waits for the person, and what of theirs waits. */
    record Requests() implements Answered {}

    record Extend(EnvironmentName environment, Optional<GrantDuration> by) implements Answered {}

    record Destroy(EnvironmentName environment) implements Answered {}

    record Connect(EnvironmentName environment) implements Answered {}

    record History(EnvironmentName environment) implements Answered {}

    record Doctor(EnvironmentName environment) implements Answered {}

    /**
     * A word that is no command.
     *
     * @param typed as it was typed; hostile
     * @param nearest the command that was probably meant
     */
    record UnknownCommand(String typed, Optional<String> nearest) implements Answered {}

    /** A command that needs an environment, without one. */
    record MissingEnvironment(String command) implements Answered {}

    /** A word in the place of the environment that cannot be its name. */
    record InvalidEnvironment(String typed) implements Answered {}

    /** @param problem what is wrong and what to write instead; safe to show */
    record InvalidArgument(String problem) implements Answered {}
}
