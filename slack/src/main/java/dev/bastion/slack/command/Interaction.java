package dev.bastion.slack.command;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.telemetry.WorkContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A command, a click or a submitted modal of one person, with the ways to answer them alone.
 *
 * @param user the person's Slack id
 * @param channel the channel it happened in; empty for a modal
 * @param responseUrl where Slack takes answers to it, if it does
 * @param request its id; the same when Slack delivers it again
 * @param trigger Slack's permission to open a modal, good for three seconds
 * @param isOnHome whether it happened in App Home, where no message can be seen
 * @param subject the request that a button belongs to; empty where it begins one of its own
 * @param environment the environment that it names, as the person typed it
 */
record Interaction(
        String user,
        Optional<String> channel,
        Optional<String> responseUrl,
        RequestId request,
        String trigger,
        boolean isOnHome,
        Optional<RequestId> subject,
        Optional<EnvironmentName> environment) {
    /** One that names neither a request nor an environment. */
    Interaction(
            String user,
            Optional<String> channel,
            Optional<String> responseUrl,
            RequestId request,
            String trigger,
            boolean isOnHome) {
        this(user, channel, responseUrl, request, trigger, isOnHome, Optional.empty(), Optional.empty());
    }

    /** One that did not happen in App Home. */
    Interaction(
            String user, Optional<String> channel, Optional<String> responseUrl, RequestId request, String trigger) {
        this(user, channel, responseUrl, request, trigger, false);
    }

    /** The same, about the request whose id is the first word of a button's value; another value changes nothing. */
    Interaction about(String value) {
        try {
            return with(Optional.of(new RequestId(value.split(" ", 2)[0])), environment);
        } catch (InvalidValue _) {
            return this;
        }
    }

    /** The same, about that environment. */
    Interaction in(Optional<EnvironmentName> named) {
        return with(subject, named.or(() -> environment));
    }

    private Interaction with(Optional<RequestId> about, Optional<EnvironmentName> named) {
        return new Interaction(user, channel, responseUrl, request, trigger, isOnHome, about, named);
    }

    /** Its fields in the log. {@code interaction} is the id that an answer names when the service fails. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(WorkContext.REQUEST, subject.orElse(request).value());
        environment.ifPresent(name -> fields.put(WorkContext.ENVIRONMENT, name.value()));
        fields.put(WorkContext.USER, user);
        fields.put("interaction", request.value());
        return fields;
    }
}
