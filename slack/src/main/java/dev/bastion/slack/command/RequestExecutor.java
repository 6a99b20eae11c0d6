package dev.bastion.slack.command;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.LedgerNotRead;
import dev.bastion.access.grant.Person;
import dev.bastion.access.telemetry.WorkContext;
import dev.bastion.access.troubleshooting.KnownRequests;
import dev.bastion.slack.message.ErrorText;
import dev.bastion.slack.socket.InFlightTracker;
import dev.bastion.slack.web.SlackMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The executor of what people ask for: identifies the person, runs the work after the acknowledgement, and answers, also
 * when it fails. A bug of ours is answered with the request id that the log has.
 */
public final class RequestExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(RequestExecutor.class);

    private final UserDirectory users;
    private final EphemeralReplies replies;
    private final InFlightTracker work;
    private final KnownRequests known;
    private final Runnable onUnknown;
    private final InstantSource clock;

    /**
     * @param known the environments of the requests whose buttons people click, for the log
     * @param onUnknown finds out what became of requests of which it is not known whether they were recorded
     */
    public RequestExecutor(
            UserDirectory users,
            EphemeralReplies replies,
            InFlightTracker work,
            KnownRequests known,
            Runnable onUnknown,
            InstantSource clock) {
        this.users = users;
        this.replies = replies;
        this.work = work;
        this.known = known;
        this.onUnknown = onUnknown;
        this.clock = clock;
    }

    void execute(Interaction interaction, Function<Identity, SlackMessage> answer) {
        executeQuietly(interaction, identity -> Optional.of(answer.apply(identity)));
    }

    /** The same for what only an active account may do: a person who became a guest a minute ago may not. */
    void executeAfterLookup(Interaction interaction, Function<Identity, SlackMessage> answer) {
        users.expire(interaction.user());
        execute(interaction, answer);
    }

    /** The same, without an answer where the result is visible anyway. */
    void executeQuietly(Interaction interaction, Function<Identity, Optional<SlackMessage>> answer) {
        Instant begun = clock.instant();
        work.start(() -> {
            Interaction named = interaction.in(interaction.subject().flatMap(known::environmentOf));
            WorkContext.current()
                    .with(named.fields())
                    .since(begun)
                    .run(() -> answered(named, answer).ifPresent(message -> replies.send(named, message)));
        });
    }

    /** The answer, after a line in the log, which has the fields of the interaction. */
    static <T> Function<Identity, T> logged(Runnable line, Function<Identity, T> answer) {
        return identity -> {
            line.run();
            return answer.apply(identity);
        };
    }

    /** An answer for members of the workspace; all other users are refused. */
    static Function<Identity, SlackMessage> forMembers(Function<Person, SlackMessage> answer) {
        return identity -> switch (identity) {
            case Identity.Member(Person person, var _) -> answer.apply(person);
            case Identity.Outsider(var why) -> SlackMessage.of(ErrorText.outsider(why));
            case Identity.Unknown(Fault fault) -> SlackMessage.of(ErrorText.unknownPerson(fault));
        };
    }

    static Function<Identity, Optional<SlackMessage>> quietlyForMembers(
            Function<Person, Optional<SlackMessage>> answer) {
        return identity -> identity instanceof Identity.Member(Person person, var _)
                ? answer.apply(person)
                : Optional.of(forMembers(_ -> SlackMessage.of("")).apply(identity));
    }

    private Optional<SlackMessage> answered(
            Interaction interaction, Function<Identity, Optional<SlackMessage>> answer) {
        try {
            return answer.apply(users.identify(interaction.user()));
        } catch (LedgerNotRead e) {
            event(LOG.atWarn(), interaction)
                    .addKeyValue("reason", e.getMessage())
                    .log("slack.answer.failed");
            return Optional.of(SlackMessage.of(ErrorText.ledgerNotRead(e.fault())));
        } catch (CallFailed e) {
            LoggingEventBuilder event = event(LOG.atError(), interaction);
            for (Map.Entry<String, String> field : e.fault().fields().entrySet()) {
                event = event.addKeyValue(field.getKey(), field.getValue());
            }
            event.setCause(e).log("slack.answer.failed");
            if (e.fault() instanceof Fault.Unknown) {
                onUnknown.run();
            }
            return Optional.of(failure(e, interaction));
        } catch (RuntimeException e) {
            event(LOG.atError(), interaction).setCause(e).log("slack.answer.failed");
            return Optional.of(failure(e, interaction));
        }
    }

    static LoggingEventBuilder event(LoggingEventBuilder event, Interaction interaction) {
        LoggingEventBuilder named = event;
        for (Map.Entry<String, String> field : interaction.fields().entrySet()) {
            named = named.addKeyValue(field.getKey(), field.getValue());
        }
        return named;
    }

    private static SlackMessage failure(RuntimeException thrown, Interaction interaction) {
        return SlackMessage.of(ErrorText.of(thrown, interaction.request()));
    }
}
