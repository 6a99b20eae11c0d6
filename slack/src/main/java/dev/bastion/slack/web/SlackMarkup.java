package dev.bastion.slack.web;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.text.Markup;
import java.net.URI;
import java.time.Instant;

/** {@code mrkdwn}, in which names are bold, times are in the reader's zone, and text from people is escaped. */
public final class SlackMarkup implements Markup {
    public static final SlackMarkup MRKDWN = new SlackMarkup();

    private SlackMarkup() {}

    @Override
    public String name(String name) {
        return Mrkdwn.bold(name);
    }

    @Override
    public String environment(EnvironmentName environment) {
        return Mrkdwn.bold(environment.title());
    }

    @Override
    public String code(String code) {
        return Mrkdwn.code(code);
    }

    @Override
    public String time(Instant instant) {
        return Mrkdwn.moment(instant);
    }

    @Override
    public String link(URI address, String label) {
        return Mrkdwn.link(address, label);
    }

    @Override
    public String quote(String words) {
        return Mrkdwn.escape(words);
    }
}
