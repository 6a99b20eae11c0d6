package dev.bastion.cli.init;

import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.proposal.GithubLogin;

/** An owner of a ledger: a person who approves requests and changes of its configuration. */
record Owner(SlackId slackId, String name, GithubLogin login) {
    static final String FORM = "SLACK-ID:NAME:LOGIN";

    /**
     * The owner that a text names, like {@code U23456789:jane.roe:janeroe}.
     *
     * @throws InvalidValue when the text has another form
     */
    static Owner parse(String text) {
        String[] parts = text.strip().split(":", -1);
        if (parts.length != 3) {
            throw new InvalidValue("owner", text, FORM + ", like U23456789:jane.roe:janeroe");
        }
        SlackId id = new SlackId(parts[0]);
        return new Owner(id, new Person(id.value(), parts[1]).name(), GithubLogin.ofPerson(parts[2]));
    }
}
