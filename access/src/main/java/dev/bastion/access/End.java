package dev.bastion.access;

/** How a grant ended. */
public sealed interface End {
    /** The clock ended it. */
    record Expired() implements End {}

    /** A person ended it. */
    record Revoked(Person by) implements End {}
}
