package dev.bastion.access.grant;

/** How a grant ended. */
public sealed interface End {
    /** The clock ended it. */
    record Expired() implements End {}

    /** A person ended it. */
    record Revoked(Person by) implements End {}
}
