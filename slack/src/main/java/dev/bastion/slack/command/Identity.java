package dev.bastion.slack.command;

import dev.bastion.access.grant.Person;

/** Who somebody is to us. */
sealed interface Identity {
    /** A full member of the workspace. */
    record Member(Person person) implements Identity {}

    /**
     * Somebody for whom no door opens.
     *
     * @param why in words that follow "and"
     */
    record Outsider(String why) implements Identity {}

    /** Slack does not say just now. */
    record Unknown() implements Identity {}
}
