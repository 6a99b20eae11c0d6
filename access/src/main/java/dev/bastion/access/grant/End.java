package dev.bastion.access.grant;

import java.util.Optional;

/** How a grant ended. */
public sealed interface End {
    /** The service, where a ledger names who ended a grant. No Slack id looks like it. */
    Person SERVICE = new Person("bastion", "bastion");

    /** The clock ended it. */
    record Expired() implements End {}

    /**
     * A person ended it.
     *
     * @param origin where the wish came from; empty for Slack, and for an end by hand
     */
    record EndedBy(Person by, Optional<AccessRequest.Origin> origin) implements End {
        public EndedBy(Person by) {
            this(by, Optional.empty());
        }
    }

    /** The service ended it, because the policy does not allow it ({@code unapproved: end}). */
    record Unapproved() implements End {}

    /** The service ended it, because the holder's account is not active any more. */
    record HolderInactive(InactiveAccount why) implements End {}
}
