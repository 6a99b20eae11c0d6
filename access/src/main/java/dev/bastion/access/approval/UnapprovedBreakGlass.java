package dev.bastion.access.approval;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Instant;
import java.util.List;

/** The query of break-glass access, open or over, that no approver has approved retroactively, oldest first. */
public record UnapprovedBreakGlass(LedgerSnapshot snapshot) {
    /** In all environments, of every person. */
    public List<Grant> all() {
        return snapshot.breakGlassWithoutApproval();
    }

    /** What the person used: until it is approved, they have no other break-glass access. */
    public List<Grant> usedBy(Person person) {
        return all().stream().filter(grant -> grant.holder().is(person)).toList();
    }

    /** What the person may approve now. */
    public List<Grant> approvableBy(Person person, Instant now) {
        return all().stream()
                .filter(grant ->
                        snapshot.policy().decideRetroactiveApproval(person, grant, now) instanceof Decision.Proceed)
                .toList();
    }
}
