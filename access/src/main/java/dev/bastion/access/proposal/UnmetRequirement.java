package dev.bastion.access.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Person;
import java.net.URI;
import java.util.Optional;

/** One thing that keeps a proposal waiting, as data: whoever talks to people makes a sentence of it. */
public sealed interface UnmetRequirement {
    /** @param given how many count by now */
    record Approvals(int given, int needed) implements UnmetRequirement {}

    /** They looked at an older commit. */
    record OlderCommit(String login, CommitId reviewed) implements UnmetRequirement {}

    /** Nobody knows who that login is. */
    record UnknownLogin(String login) implements UnmetRequirement {}

    /** Whoever asks, or has the access that is asked about, cannot approve it, whichever account they use. */
    record OwnRequest(Person person, String login) implements UnmetRequirement {}

    /** The policy does not name them as an approver of the environment. */
    record NotAnApprover(Person person, String login) implements UnmetRequirement {}

    /** They want something changed; until they approve or their review is dismissed, it stands. */
    record ChangesRequested(String login) implements UnmetRequirement {}

    /** CI has not said yet what would change. */
    record Plan(Optional<URI> run) implements UnmetRequirement {}

    /** What would change was refused, or could not be worked out. */
    record FailedPlan(String what, Optional<URI> run) implements UnmetRequirement {}

    /** The forge does not let it through yet: it is working it out, or a rule of its own is not met. */
    record Forge(boolean workingItOut) implements UnmetRequirement {}
}
