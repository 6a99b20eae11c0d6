package dev.bastion.access.grant;

/** How a grant ended. */
public sealed interface End {
    /** The service, where a ledger names who ended a grant. No Slack id looks like it. */
    Person SERVICE = new Person("bastion", "bastion");

    /** The clock ended it. */
    record Expired() implements End {}

    /** A person ended it. */
    record EndedBy(Person by) implements End {}

    /** The service ended it, because the policy does not allow it ({@code unapproved: end}). */
    record Unapproved() implements End {}

    /** The service ended it, because the holder's account is not active any more. */
    record HolderInactive(InactiveAccount why) implements End {}
}
