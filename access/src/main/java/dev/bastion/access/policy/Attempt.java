package dev.bastion.access.policy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.proposal.ProposedChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An attempted change of access, by command, form, pull request or push. */
public sealed interface Attempt {
    static Attempt of(ProposedChange change) {
        return switch (change) {
            case ProposedChange.Opening(var request, var duration, var _, var _) ->
                new Open(
                        request.environment(),
                        request.requester(),
                        request.reason(),
                        duration.length(),
                        false,
                        new Origin.Slack());
            case ProposedChange.Extension(var _, Grant from, var newEnd, var by, var _, var _, var _) ->
                new Extend(from, newEnd, Optional.of(by));
        };
    }

    /**
     * Opening a closed environment.
     *
     * @param length from its start, or from now if that is later; not positive if it ends before
     * @param by how the holder is identified
     */
    record Open(
            EnvironmentName environment, Person holder, Reason reason, Duration length, boolean breakGlass, Origin by)
            implements Attempt {}

    /** The source of an attempt to open access. */
    sealed interface Origin {
        /** Slack identifies the holder. */
        record Slack() implements Origin {}

        record PullRequest(String author) implements Origin {}

        /** A commit whose origin is not known. */
        record Push() implements Origin {}
    }

    /** @param actor empty in a pull request whose author does not control the grant */
    record Extend(Grant grant, Instant newEnd, Optional<Person> actor) implements Attempt {}

    /** Ending or shortening a grant. */
    record End(Grant grant, Optional<Person> actor) implements Attempt {}

    record ApproveRetroactively(Grant grant, Person actor) implements Attempt {}
}
