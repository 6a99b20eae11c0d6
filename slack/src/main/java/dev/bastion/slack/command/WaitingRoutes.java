package dev.bastion.slack.command;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.bolt.App;
import dev.bastion.access.Outcome;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.slack.waiting.WaitForEnvironment;
import dev.bastion.slack.waiting.Waiting;
import dev.bastion.slack.waiting.WaitingMessages;
import dev.bastion.slack.web.SlackMessage;
import java.util.Optional;
import java.util.function.BiFunction;

/** The routes of the buttons of people who wait for an environment. */
public final class WaitingRoutes {
    private final RequestExecutor executor;
    private final CommandHandler commands;
    private final WaitForEnvironment waits;

    public WaitingRoutes(RequestExecutor executor, CommandHandler commands, WaitForEnvironment waits) {
        this.executor = executor;
        this.commands = commands;
        this.waits = waits;
    }

    public void addTo(App app) {
        add(
                app,
                WaitingMessages.WAIT_ACTION,
                click -> (person, value) -> Optional.of(waits.begin(person, click.request(), value)));
        add(app, WaitingMessages.STOP_ACTION, _ -> (person, value) -> waits.stop(person, new RequestId(value)));
        add(
                app,
                WaitingMessages.REQUEST_ACTION,
                click -> (person, value) -> Optional.of(request(person, click.request(), new RequestId(value))));
    }

    /** What a click of a person does. */
    @FunctionalInterface
    private interface Click {
        BiFunction<Person, String, Optional<SlackMessage>> of(Interaction interaction);
    }

    private void add(App app, String action, Click click) {
        app.blockAction(action, (request, context) -> {
            pressed(request.getPayload(), click);
            return context.ack();
        });
    }

    private void pressed(BlockActionPayload payload, Click click) {
        Interaction interaction = SlackRouter.interaction(payload);
        String value = payload.getActions().getFirst().getValue();
        SlackRouter.event(interaction).log("slack.waiting.click");
        executor.executeQuietly(
                interaction,
                RequestExecutor.quietlyForMembers(
                        person -> click.of(interaction).apply(person, value)));
    }

    /** Requests what the person had asked for; the policy decides as about any other request. */
    private SlackMessage request(Person person, RequestId click, RequestId id) {
        Optional<Waiting> waiting = waits.find(person, id);
        if (waiting.isEmpty()) {
            return WaitingMessages.over();
        }
        Waiting asked = waiting.get();
        GrantActions.Requested requested = commands.request(
                person, click, new Command.Create(asked.environment(), asked.duration(), asked.reason()));
        if (requested.outcome() instanceof Outcome.Done || requested.outcome() instanceof Outcome.Proposed) {
            waits.requested(asked);
        }
        return requested.answer();
    }
}
