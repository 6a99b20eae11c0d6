package dev.bastion.app.slack;

import dev.bastion.access.EndorseGrant;
import dev.bastion.access.ExtendGrant;
import dev.bastion.access.GrantLedger;
import dev.bastion.access.ProposalBoard;
import dev.bastion.access.ReportStatus;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.RevokeGrant;
import dev.bastion.access.WithdrawProposal;
import java.util.Optional;

/**
 * What people can have done for them.
 *
 * @param withdraw empty when the service was given no forge, as is {@code board}
 */
public record UseCases(
        RequestAccess request,
        ExtendGrant extend,
        RevokeGrant revoke,
        Optional<WithdrawProposal> withdraw,
        EndorseGrant endorse,
        ReportStatus status,
        GrantLedger ledger,
        Optional<ProposalBoard> board) {}
