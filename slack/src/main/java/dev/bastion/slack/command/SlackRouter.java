package dev.bastion.slack.command;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.interactive_components.payload.GlobalShortcutPayload;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.context.builtin.ViewSubmissionContext;
import com.slack.api.bolt.response.Response;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.slack.message.Button;
import dev.bastion.slack.message.RequestModal;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackMessage;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Slack sends, as questions for the {@link RequestExecutor}. Every handler only hands on and acknowledges. */
public final class SlackRouter {
    private static final Logger LOG = LoggerFactory.getLogger(SlackRouter.class);
    private static final Pattern ANY_COMMAND = Pattern.compile("/.+");
    /** As in slack-manifest.yaml. */
    private static final String SHORTCUT = "request_access";

    private final RequestExecutor publisher;
    private final CommandHandler answers;
    private final RequestModalHandler forms;

    public SlackRouter(RequestExecutor publisher, CommandHandler answers, RequestModalHandler forms) {
        this.publisher = publisher;
        this.answers = answers;
        this.forms = forms;
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
        app.blockAction(RequestModal.OPEN_ACTION, (request, context) -> {
            open(asker(request.getPayload()));
            return context.ack();
        });
        app.globalShortcut(SHORTCUT, (request, context) -> {
            open(asker(request.getPayload()));
            return context.ack();
        });
        app.viewSubmission(RequestModal.CALLBACK, (request, context) -> submitted(request.getPayload(), context));
        return app;
    }

    private void command(SlashCommandPayload payload) {
        Interaction asker = new Interaction(
                payload.getUserId(),
                Optional.ofNullable(payload.getChannelId()),
                Optional.ofNullable(payload.getResponseUrl()),
                RequestId.derivedFrom(payload.getTriggerId()),
                payload.getTriggerId());
        Command command =
                CommandParser.parse(Optional.ofNullable(payload.getText()).orElse(""));
        LOG.info(
                "slack.command request={} user={} command={}",
                asker.request(),
                asker.user(),
                command.getClass().getSimpleName());
        if (command instanceof Command.Ask) {
            open(asker);
            return;
        }
        Function<Person, SlackMessage> answer = person -> answers.to(command, person, asker.request());
        publisher.receive(
                asker,
                command instanceof Command.Destroy ? forAnybody(asker, answer) : RequestExecutor.forMembers(answer));
    }

    private void pressed(Button button, BlockActionPayload payload) {
        Interaction asker = asker(payload);
        String value = payload.getActions().getFirst().getValue();
        LOG.info("slack.button request={} user={} button={}", asker.request(), asker.user(), button);
        Function<Person, SlackMessage> answer =
                person -> answers.to(button, person, asker.request(), new RequestId(value));
        boolean takesAway = button == Button.END || button == Button.WITHDRAW;
        publisher.receive(asker, takesAway ? forAnybody(asker, answer) : RequestExecutor.forMembers(answer));
    }

    private void open(Interaction asker) {
        LOG.info("slack.form request={} user={}", asker.request(), asker.user());
        publisher.receiveQuietly(asker, RequestExecutor.quietlyForMembers(person -> forms.open(person, asker)));
    }

    /** The answer to a form that is to stay open travels with the acknowledgement, so this one is decided before it. */
    private Response submitted(ViewSubmissionPayload payload, ViewSubmissionContext context) {
        Interaction asker = new Interaction(
                payload.getUser().getId(),
                Optional.empty(),
                Optional.empty(),
                RequestId.derivedFrom(payload.getTriggerId()),
                payload.getTriggerId());
        LOG.info("slack.form.submitted request={} user={}", asker.request(), asker.user());
        RequestModal.Filled filled = RequestModal.read(payload.getView().getState());
        Map<String, String> errors = forms.errors(filled, asker);
        if (!errors.isEmpty()) {
            return context.ackWithErrors(errors);
        }
        Command command = new Command.Create(filled.environment(), filled.duration(), filled.reason());
        publisher.receive(asker, RequestExecutor.forMembers(person -> answers.to(command, person, asker.request())));
        return context.ack();
    }

    private static Interaction asker(BlockActionPayload payload) {
        return new Interaction(
                payload.getUser().getId(),
                Optional.ofNullable(payload.getChannel()).map(BlockActionPayload.Channel::getId),
                Optional.ofNullable(payload.getResponseUrl()),
                RequestId.derivedFrom(payload.getTriggerId()),
                payload.getTriggerId());
    }

    private static Interaction asker(GlobalShortcutPayload payload) {
        return new Interaction(
                payload.getUser().getId(),
                Optional.empty(),
                Optional.empty(),
                RequestId.derivedFrom(payload.getTriggerId()),
                payload.getTriggerId());
    }

    /**
     * Ending access needs no proof of who one is beyond the id Slack signed: it can only take away, and must work while
     * Slack does not say who is a guest.
     */
    private static Function<Identity, SlackMessage> forAnybody(
            Interaction asker, Function<Person, SlackMessage> answer) {
        Function<Identity, SlackMessage> members = RequestExecutor.forMembers(answer);
        return identity -> identity instanceof Identity.Unknown
                ? answer.apply(Person.of(asker.user(), asker.user()))
                : members.apply(identity);
    }
}
