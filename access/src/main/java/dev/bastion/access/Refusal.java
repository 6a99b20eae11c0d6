package dev.bastion.access;

import java.time.Instant;
import java.util.List;

/** A "no", with its reason as data. Whoever talks to people makes a sentence of it. */
public sealed interface Refusal {
    record UnknownEnvironment(EnvironmentName asked, List<EnvironmentName> known) implements Refusal {}

    /** The policy does not let this person ask for this environment. */
    record NotAllowed(EnvironmentName environment) implements Refusal {}

    record ReasonRequired(EnvironmentName environment) implements Refusal {}

    record TooLong(GrantDuration asked, GrantDuration longest) implements Refusal {}

    /** One open grant per environment: somebody has it. */
    record AlreadyOpen(Grant grant) implements Refusal {}

    /** The environment is opened by approval, which this service cannot ask for yet. */
    record NeedsApproval(EnvironmentName environment, int approvals) implements Refusal {}

    record NotOpen(EnvironmentName environment) implements Refusal {}

    /** The grant that was meant is over, whatever is open there now. */
    record NoLongerOpen(EnvironmentName environment) implements Refusal {}

    /** The grant is past its end; it is being closed and cannot be moved any more. */
    record AlreadyEnded(Grant grant) implements Refusal {}

    /** An extension would pass the longest total. */
    record TotalReached(Grant grant, GrantDuration longestTotal, Instant latestEnd) implements Refusal {}

    /** Neither the holder nor an approver of the environment. */
    record NotYours(Grant grant) implements Refusal {}

    /** The environment file is in a shape that is not touched. */
    record Unreadable(EnvironmentName environment, String problem) implements Refusal {}

    /** Others kept changing the same environment while this was decided. */
    record TooBusy(EnvironmentName environment) implements Refusal {}
}
