package dev.bastion.access.audit;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Person;
import java.time.Instant;
import java.util.List;

/**
 * A commit that changed the files of the policy.
 *
 * @param at the commit's time, as far as it is possible
 * @param author the commit's author, as it names itself
 * @param subject the first line of its message, which names the pull request of a merge; the approvals are at the forge alone
 * @param files the files that it changed
 * @param isValid whether they can be read after it; otherwise the policy before it stays in force
 */
public record PolicyChange(
        CommitId commit, Instant at, Person author, String subject, List<String> files, boolean isValid) {
    public PolicyChange {
        files = List.copyOf(files);
    }
}
