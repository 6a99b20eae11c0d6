package dev.bastion.access.audit;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Person;
import java.time.Duration;
import java.util.Optional;

/**
 * An approver and a requester, with the approvals of one for the other.
 *
 * @param count the approvals
 * @param afterTheFact those of them that approved break-glass access retroactively
 * @param median the median time from the request to the approval; empty when all were after the fact
 * @param isMutual whether the requester approved requests of the approver, too
 * @param proof the commit that names the last one
 */
public record ApproverPair(
        Person approver,
        Person requester,
        int count,
        int afterTheFact,
        Optional<Duration> median,
        boolean isMutual,
        CommitId proof) {}
