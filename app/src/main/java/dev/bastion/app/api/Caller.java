package dev.bastion.app.api;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.Person;

/** The person or machine that a token stands for, and the subject that the issuer vouched for. */
record Caller(Person person, AccessRequest.Origin origin, String subject) {
    /** A name of the caller that no other subject of any issuer has: an issuer has no space in it. */
    String key() {
        return origin.issuer() + " " + subject;
    }
}
