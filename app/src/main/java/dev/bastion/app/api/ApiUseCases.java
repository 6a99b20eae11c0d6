package dev.bastion.app.api;

import dev.bastion.access.ExtendGrant;
import dev.bastion.access.ReportStatus;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.WithdrawProposal;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.outage.EndDuringOutage;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ObservationLog;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.port.RefusalLog;
import java.util.Optional;
import java.util.function.Function;

/**
 * The use cases behind the routes.
 *
 * @param account why a Slack account may ask for nothing, as Slack says it now; fails when Slack does not say
 */
public record ApiUseCases(
        RequestAccess request,
        ExtendGrant extend,
        EndDuringOutage end,
        WithdrawProposal withdraw,
        ReportStatus status,
        GrantLedger ledger,
        ObservationLog observations,
        RefusalLog refusals,
        ProposalRepository proposals,
        Function<SlackId, Optional<InactiveAccount>> account) {}
