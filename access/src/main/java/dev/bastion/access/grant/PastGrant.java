package dev.bastion.access.grant;

import java.time.Instant;

/** A grant that the ledger says is over: the grant as it last stood, how and when it ended, and the reversion. */
public record PastGrant(Grant grant, End end, Instant endedAt, CommitId closedBy) {}
