package dev.bastion.slack.command;

import dev.bastion.access.ApproveRetroactively;
import dev.bastion.access.EndGrant;
import dev.bastion.access.ExtendGrant;
import dev.bastion.access.ReportStatus;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.WithdrawProposal;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ProposalRepository;
import java.util.Optional;

/**
 * The use cases behind the commands and buttons.
 *
 * @param withdraw empty when the service has no GitHub settings, as is {@code proposals}
 */
public record UseCases(
        RequestAccess request,
        ExtendGrant extend,
        EndGrant end,
        Optional<WithdrawProposal> withdraw,
        ApproveRetroactively approveRetroactively,
        ReportStatus status,
        GrantLedger ledger,
        Optional<ProposalRepository> proposals) {}
