package dev.bastion.slack.command;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import java.time.ZoneId;
import java.util.Optional;

/** The standing of a Slack user in the workspace. */
public sealed interface Identity {
    /**
     * A full member of the workspace.
     *
     * @param zone the time zone of their profile, where it has a known one
     */
    record Member(Person person, Optional<ZoneId> zone) implements Identity {}

    /** A user who gets no access: a guest, a bot, a deactivated account, a user of another workspace. */
    record Outsider(InactiveAccount why) implements Identity {}

    /** Slack does not say who it is. */
    record Unknown(Fault fault) implements Identity {}
}
