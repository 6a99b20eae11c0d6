package dev.bastion.ledger.audit;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.index.IndexInput;
import dev.bastion.ledger.index.IndexOutput;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an audit knows after a commit, besides the ledger's own state.
 *
 * @param named the head of the notes, as the newest entry that names one does
 * @param open the grants in force
 * @param ended the ended ones, which wait for observations
 * @param unanswered the break-glass grants that wait for an approval
 */
record AuditState(
        Optional<CommitId> named,
        List<GrantInProgress> open,
        List<GrantInProgress> ended,
        List<GrantInProgress> unanswered) {
    void write(PolicyHistory policy, IndexOutput out) {
        policy.write(out);
        out.optional(named, out::commit);
        for (List<GrantInProgress> grants : List.of(open, ended, unanswered)) {
            out.list(grants, grant -> grant.write(out, version -> PolicyHistory.write(version, out)));
        }
    }

    /** @param policy goes on where the one before was */
    static AuditState read(IndexInput in, PolicyHistory policy) {
        policy.resume(in);
        Function<IndexInput, GrantInProgress> next = each -> GrantInProgress.read(each, policy::readVersion);
        return new AuditState(in.optional(IndexInput::commit), in.list(next), in.list(next), in.list(next));
    }
}
