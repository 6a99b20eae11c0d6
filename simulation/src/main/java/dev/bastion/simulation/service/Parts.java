package dev.bastion.simulation.service;

import dev.bastion.access.port.BastionMonitor;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.github.PullRequests;
import dev.bastion.simulation.world.World;
import dev.bastion.slack.web.SlackClient;

/**
 * A change of the service's parts as they are wired: none, or one with which a defect is planted, so that a test can show that
 * the simulation finds it.
 */
public interface Parts {
    /** The service as it is. */
    Parts SOUND = new Parts() {};

    default GrantLedger ledger(GrantLedger ledger, World world) {
        return ledger;
    }

    default PullRequests forge(PullRequests forge) {
        return forge;
    }

    /** @param web the process's client of Slack */
    default Notifier notifier(Notifier notifier, SlackClient web) {
        return notifier;
    }

    default BastionMonitor bastions(BastionMonitor monitor) {
        return monitor;
    }

    default BastionTerminator terminator(BastionTerminator terminator) {
        return terminator;
    }

    default PolicyDocuments policy(PolicyDocuments documents) {
        return documents;
    }
}
