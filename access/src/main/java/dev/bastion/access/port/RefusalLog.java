package dev.bastion.access.port;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.proposal.Refusal;

/** The log of requests that the policy refused when they were made. Safe for many threads. */
public interface RefusalLog {
    /** Keeps the refusal, where the policy says so; never throws, and makes no call. */
    void refused(AccessRequest request, Refusal why);
}
