package dev.bastion.app.slack;

import dev.bastion.access.ExtendGrant;
import dev.bastion.access.GrantLedger;
import dev.bastion.access.ReportStatus;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.RevokeGrant;

/** What people can have done for them. */
public record UseCases(
        RequestAccess request, ExtendGrant extend, RevokeGrant revoke, ReportStatus status, GrantLedger ledger) {}
