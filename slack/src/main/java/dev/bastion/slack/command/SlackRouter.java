package dev.bastion.slack.command;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.interactive_components.payload.BlockSuggestionPayload;
import com.slack.api.app_backend.interactive_components.payload.GlobalShortcutPayload;
import com.slack.api.app_backend.interactive_components.response.Option;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.context.builtin.ViewSubmissionContext;
import com.slack.api.bolt.response.Response;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.telemetry.WorkContext;
import dev.bastion.slack.message.Button;
import dev.bastion.slack.message.HolderQuestion;
import dev.bastion.slack.message.RequestDraft;
import dev.bastion.slack.message.RequestModal;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackMessage;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The routes from what Slack sends to what the service does. A handler only passes the work on and acknowledges. */
public final class SlackRouter {
    private static final Logger LOG = LoggerFactory.getLogger(SlackRouter.class);
    private static final Pattern ANY_COMMAND = Pattern.compile("/.+");
    /** As in slack-manifest.yaml. */
    private static final String SHORTCUT = "request_access";

    private final RequestExecutor executor;
    private final CommandHandler commands;
    private final RequestModalHandler modals;
    private final HolderContact holders;
    private final InstantSource clock;

    public SlackRouter(
            RequestExecutor executor,
            CommandHandler commands,
            RequestModalHandler modals,
            HolderContact holders,
            InstantSource clock) {
        this.holders = holders;
        this.clock = clock;
        this.executor = executor;
        this.commands = commands;
        this.modals = modals;
    }

    /** Bolt's dispatcher, without its middleware: that would call {@code auth.test} before a handler may acknowledge. */
    public App app(SlackClient web) {
        App app = new App(AppConfig.builder().build(), web.slack(), new ArrayList<>());
        app.command(ANY_COMMAND, (request, context) -> {
            command(request.getPayload());
            return context.ack();
        });
        for (Button button : Button.values()) {
            app.blockAction(button.action(), (request, context) -> {
                pressed(button, request.getPayload());
                return context.ack();
            });
        }
        app.blockAction(HolderQuestion.ASK_ACTION, (request, context) -> {
            contact(request.getPayload(), holders::ask);
            return context.ack();
        });
        app.blockAction(HolderQuestion.NOT_YET_ACTION, (request, context) -> {
            contact(request.getPayload(), holders::notYet);
            return context.ack();
        });
        app.blockAction(RequestModal.OPEN_ACTION, (request, context) -> {
            open(interaction(request.getPayload()));
            return context.ack();
        });
        app.blockAction(RequestModal.REQUEST_ACTION, (request, context) -> {
            openFor(request.getPayload());
            return context.ack();
        });
        app.blockAction(RequestModal.ENVIRONMENT, (request, context) -> {
            chosen(request.getPayload());
            return context.ack();
        });
        app.blockSuggestion(
                RequestModal.ENVIRONMENT,
                (request, context) -> context.ack(answer -> answer.options(suggestions(request.getPayload()))));
        app.globalShortcut(SHORTCUT, (request, context) -> {
            open(interaction(request.getPayload()));
            return context.ack();
        });
        app.viewSubmission(RequestModal.CALLBACK, (request, context) -> submitted(request.getPayload(), context));
        return app;
    }

    private void command(SlashCommandPayload payload) {
        Command command =
                CommandParser.parse(Optional.ofNullable(payload.getText()).orElse(""));
        Interaction interaction = new Interaction(
                        payload.getUserId(),
                        Optional.ofNullable(payload.getChannelId()),
                        Optional.ofNullable(payload.getResponseUrl()),
                        RequestId.derivedFrom(payload.getTriggerId()),
                        payload.getTriggerId())
                .in(command.environmentTyped());
        event(interaction)
                .addKeyValue("command", command.getClass().getSimpleName())
                .log("slack.command");
        switch (command) {
            case Command.OpenRequestModal _ -> open(interaction);
            case Command.Ask(var draft) -> ask(interaction, draft);
            case Command.CreateAt timed ->
                executor.executeQuietly(interaction, identity -> timed(interaction, timed, identity));
            case Command.Answered answered -> answer(interaction, answered);
        }
    }

    private void answer(Interaction interaction, Command.Answered command) {
        Function<Person, SlackMessage> answer = person -> commands.handle(command, person, interaction.request());
        executor.execute(
                interaction,
                command instanceof Command.Destroy
                        ? forEverybody(interaction, answer)
                        : RequestExecutor.forMembers(answer));
    }

    private void ask(Interaction interaction, RequestDraft draft) {
        executor.executeQuietly(
                interaction, RequestExecutor.quietlyForMembers(person -> modals.ask(person, interaction, draft)));
    }

    /** The times are those of the person's own zone; where they are in doubt, the modal asks. */
    private Optional<SlackMessage> timed(Interaction interaction, Command.CreateAt asked, Identity identity) {
        Optional<ZoneId> zone = identity instanceof Identity.Member(var _, var known) ? known : Optional.empty();
        return RequestExecutor.quietlyForMembers(person -> switch (new TimedRequests(clock).of(asked, zone)) {
                    case TimedRequests.Meaning.Understood(Command.Create request) ->
                        Optional.of(commands.handle(request, person, interaction.request()));
                    case TimedRequests.Meaning.Doubtful(RequestDraft draft) -> modals.ask(person, interaction, draft);
                })
                .apply(identity);
    }

    private void pressed(Button button, BlockActionPayload payload) {
        String value = payload.getActions().getFirst().getValue();
        Interaction interaction = interaction(payload).about(value);
        Runnable line = () -> LOG.atInfo().addKeyValue("button", button).log("slack.button");
        Function<Person, SlackMessage> answer =
                person -> commands.handle(button, person, interaction.request(), new RequestId(value));
        Function<Identity, SlackMessage> members = RequestExecutor.logged(line, RequestExecutor.forMembers(answer));
        switch (button) {
            case END, WITHDRAW ->
                executor.execute(interaction, RequestExecutor.logged(line, forEverybody(interaction, answer)));
            case EXTEND, CONNECT, DOCTOR -> executor.execute(interaction, members);
            case APPROVE_RETROACTIVELY -> executor.executeAfterLookup(interaction, members);
        }
    }

    private void contact(BlockActionPayload payload, BiFunction<Person, String, SlackMessage> answer) {
        String value = payload.getActions().getFirst().getValue();
        executor.execute(
                interaction(payload).about(value),
                RequestExecutor.logged(
                        () -> LOG.atInfo().log("slack.holder"),
                        RequestExecutor.forMembers(person -> answer.apply(person, value))));
    }

    private void open(Interaction interaction) {
        event(interaction).log("slack.form");
        executor.executeQuietly(
                interaction, RequestExecutor.quietlyForMembers(person -> modals.open(person, interaction)));
    }

    private void chosen(BlockActionPayload payload) {
        executor.executeQuietly(interaction(payload), RequestExecutor.quietlyForMembers(person -> {
            modals.choose(person, payload.getView());
            return Optional.empty();
        }));
    }

    private List<Option> suggestions(BlockSuggestionPayload payload) {
        String typed = Objects.toString(payload.getValue(), "");
        return modals.suggestions(payload.getUser().getId(), typed).stream()
                .map(option -> Option.builder()
                        .text(option.getText())
                        .value(option.getValue())
                        .description(option.getDescription())
                        .build())
                .toList();
    }

    /** Opens the modal with the environment whose button was pressed. */
    private void openFor(BlockActionPayload payload) {
        Interaction interaction = interaction(payload);
        String value = payload.getActions().getFirst().getValue();
        EnvironmentName.parse(Objects.toString(value, ""))
                .map(name -> new RequestDraft(name, Optional.empty(), "", false, List.of()))
                .ifPresentOrElse(draft -> ask(interaction, draft), () -> open(interaction));
    }

    /** The errors of a modal travel with its acknowledgement, so they are determined before it. */
    private Response submitted(ViewSubmissionPayload payload, ViewSubmissionContext context) {
        RequestModal.Filled filled = RequestModal.read(payload.getView().getState());
        Interaction interaction = interaction(payload).in(Optional.of(filled.environment()));
        event(interaction).log("slack.form.submitted");
        Map<String, String> errors =
                WorkContext.current().with(interaction.fields()).call(() -> modals.errors(filled, interaction));
        if (!errors.isEmpty()) {
            return context.ackWithErrors(errors);
        }
        Command.Answered command = new Command.Create(
                filled.environment(), filled.duration(), filled.reason(), filled.breakGlass(), filled.start());
        executor.execute(
                interaction,
                RequestExecutor.forMembers(person -> commands.handle(command, person, interaction.request())));
        return context.ack();
    }

    static LoggingEventBuilder event(Interaction interaction) {
        return RequestExecutor.event(LOG.atInfo(), interaction);
    }

    static Interaction interaction(ViewSubmissionPayload payload) {
        return new Interaction(
                payload.getUser().getId(),
                Optional.empty(),
                Optional.empty(),
                RequestId.derivedFrom(payload.getTriggerId()),
                payload.getTriggerId());
    }

    static Interaction interaction(BlockActionPayload payload) {
        return new Interaction(
                payload.getUser().getId(),
                Optional.ofNullable(payload.getChannel()).map(BlockActionPayload.Channel::getId),
                Optional.ofNullable(payload.getResponseUrl()),
                RequestId.derivedFrom(payload.getTriggerId()),
                payload.getTriggerId(),
                payload.getView() != null && "home".equals(payload.getView().getType()));
    }

    private static Interaction interaction(GlobalShortcutPayload payload) {
        return new Interaction(
                payload.getUser().getId(),
                Optional.empty(),
                Optional.empty(),
                RequestId.derivedFrom(payload.getTriggerId()),
                payload.getTriggerId());
    }

    /**
     * An answer also for users whom Slack does not identify just now. Ending access needs no more than the id that Slack
     * signed: it can only take away.
     */
    private static Function<Identity, SlackMessage> forEverybody(
            Interaction interaction, Function<Person, SlackMessage> answer) {
        Function<Identity, SlackMessage> members = RequestExecutor.forMembers(answer);
        return identity -> identity instanceof Identity.Unknown
                ? answer.apply(Person.of(interaction.user(), interaction.user()))
                : members.apply(identity);
    }
}
