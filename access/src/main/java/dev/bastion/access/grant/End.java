package dev.bastion.access.grant;

/** How a grant ended. */
public sealed interface End {
    /** The clock ended it. */
    record Expired() implements End {}

    /** A person ended it. */
    record EndedBy(Person by) implements End {}
}
