package dev.bastion.slack.command;

import dev.bastion.access.ApproveRetroactively;
import dev.bastion.access.ExtendGrant;
import dev.bastion.access.ReportStatus;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.WithdrawProposal;
import dev.bastion.access.approval.ReviewInSlack;
import dev.bastion.access.outage.EndDuringOutage;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ObservationLog;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.port.RefusalLog;
import dev.bastion.access.troubleshooting.DiagnoseEnvironment;

/** The use cases behind the commands and buttons. */
public record UseCases(
        RequestAccess request,
        ExtendGrant extend,
        EndDuringOutage end,
        WithdrawProposal withdraw,
        ApproveRetroactively approveRetroactively,
        ReportStatus status,
        GrantLedger ledger,
        ObservationLog observations,
        RefusalLog refusals,
        ProposalRepository proposals,
        DiagnoseEnvironment doctor,
        ReviewInSlack review) {}
