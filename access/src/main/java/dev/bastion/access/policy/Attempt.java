package dev.bastion.access.policy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.proposal.ProposedChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A change of access that is attempted, in the same form whatever way it comes: command, modal, pull request or push. */
public sealed interface Attempt {
    EnvironmentName environment();

    static Attempt of(ProposedChange change) {
        return switch (change) {
            case ProposedChange.Opening(var request, var duration, var _, var _) ->
                new Open(request.environment(), request.requester(), request.reason(), duration.length(), false, true);
            case ProposedChange.Extension(var _, Grant from, var newEnd, var by, var _, var _) ->
                new Extend(from, newEnd, Optional.of(by));
        };
    }

    /**
     * Opening a closed environment.
     *
     * @param length from its start, or from now where the start has passed; zero or less where it would end before it starts
     * @param verified whether Slack vouches for the holder; otherwise {@code people.yaml} must know them
     */
    record Open(
            EnvironmentName environment,
            Person holder,
            Reason reason,
            Duration length,
            boolean breakGlass,
            boolean verified)
            implements Attempt {}

    /** @param actor who extends it, by command; empty in a pull request whose author does not control the grant */
    record Extend(Grant grant, Instant newEnd, Optional<Person> actor) implements Attempt {
        @Override
        public EnvironmentName environment() {
            return grant.environment();
        }
    }

    /** Ending a grant, or moving its end to an earlier time. */
    record End(Grant grant, Optional<Person> actor) implements Attempt {
        @Override
        public EnvironmentName environment() {
            return grant.environment();
        }
    }

    /** Approving a break-glass grant after it was opened. */
    record ApproveRetroactively(Grant grant, Person actor) implements Attempt {
        @Override
        public EnvironmentName environment() {
            return grant.environment();
        }
    }
}
