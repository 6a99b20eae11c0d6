package dev.bastion.slack.command;

import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.view.View;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.slack.message.EnvironmentSelect;
import dev.bastion.slack.message.ErrorText;
import dev.bastion.slack.message.RequestDraft;
import dev.bastion.slack.message.RequestModal;
import dev.bastion.slack.status.HelpMessage;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import dev.bastion.slack.web.SlackMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The opening of the request modal, and the check of a submitted one while it can still be corrected. */
public final class RequestModalHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RequestModalHandler.class);
    /** Slack waits three seconds for the acknowledgement that carries the answer. */
    private static final Duration BOUND = Duration.ofMillis(1500);

    private final SlackClient web;
    private final UserDirectory people;
    private final GrantLedger ledger;
    private final InstantSource clock;
    private final Executor executor;
    private final RequestAccess requests;

    public RequestModalHandler(
            SlackClient web,
            UserDirectory people,
            GrantLedger ledger,
            RequestAccess requests,
            InstantSource clock,
            Executor executor) {
        this.requests = requests;
        this.web = web;
        this.people = people;
        this.ledger = ledger;
        this.clock = clock;
        this.executor = executor;
    }

    /** Opens the modal; returns the message to send instead when that fails (a trigger lives for three seconds). */
    Optional<SlackMessage> open(Person person, Interaction interaction) {
        return open(person, interaction, Optional.empty());
    }

    /** The same, filled in as far as the request was understood, with the questions. */
    Optional<SlackMessage> ask(Person person, Interaction interaction, RequestDraft draft) {
        return open(person, interaction, Optional.of(draft));
    }

    private Optional<SlackMessage> open(Person person, Interaction interaction, Optional<RequestDraft> typed) {
        LedgerSnapshot snapshot = ledger.read();
        Optional<RequestDraft> draft = typed.map(asked -> asked.named(snapshot::named));
        Optional<View> form = RequestModal.of(snapshot, person, draft);
        if (form.isEmpty()) {
            return Optional.of(SlackMessage.of(HelpMessage.NOTHING_TO_REQUEST));
        }
        try {
            web.openView(interaction.trigger(), form.get());
            return Optional.empty();
        } catch (SlackFailure e) {
            LOG.atWarn()
                    .addKeyValue("request", interaction.request())
                    .addKeyValue("user", interaction.user())
                    .addKeyValue("reason", e.getMessage())
                    .log("slack.form.unopened");
            return Optional.of(SlackMessage.of(
                    draft.map(ErrorText::notUnderstood).orElseGet(() -> ErrorText.incomplete("create"))));
        }
    }

    /** Shows the rules of the environment that the person chose; a newer choice wins. */
    void choose(Person person, View shown) {
        RequestModal.chosen(shown)
                .flatMap(draft -> RequestModal.of(ledger.lastSeen(), person, Optional.of(draft)))
                .ifPresent(view -> update(shown, view));
    }

    private void update(View shown, View view) {
        try {
            web.updateView(shown.getId(), shown.getHash(), view);
        } catch (SlackFailure e) {
            // hash_conflict: another choice came first; not_found: the modal is closed. The form works without it.
            LOG.atInfo()
                    .addKeyValue("view", shown.getId())
                    .addKeyValue("reason", e.getMessage())
                    .log("slack.form.unchanged");
        }
    }

    /** The environments that match what a person types; none while Slack does not say in time who that is. */
    List<OptionObject> suggestions(String user, String typed) {
        CompletableFuture<List<OptionObject>> found = CompletableFuture.supplyAsync(
                () -> people.identify(user) instanceof Identity.Member(Person person, var _)
                        ? EnvironmentSelect.suggestions(ledger.lastSeen(), person, typed)
                        : List.of(),
                executor);
        try {
            return found.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException e) {
            LOG.atWarn()
                    .addKeyValue("user", user)
                    .addKeyValue("reason", e.toString())
                    .log("slack.form.unsuggested");
            return List.of();
        }
    }

    /** The errors by field; empty when there are none, or when the check takes too long: the request then answers later. */
    Map<String, String> errors(RequestModal.Filled filled, Interaction interaction) {
        CompletableFuture<Optional<Decision.Refuse>> check =
                CompletableFuture.supplyAsync(() -> refusal(filled, interaction), executor);
        try {
            return check.get(BOUND.toMillis(), TimeUnit.MILLISECONDS)
                    .map(refused -> RequestModal.error(refused, Person.of(interaction.user(), interaction.user())))
                    .orElse(Map.of());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Map.of();
        } catch (ExecutionException | TimeoutException e) {
            LOG.atWarn()
                    .addKeyValue("request", interaction.request())
                    .addKeyValue("user", interaction.user())
                    .addKeyValue("reason", e.toString())
                    .log("slack.form.unchecked");
            return Map.of();
        }
    }

    private Optional<Decision.Refuse> refusal(RequestModal.Filled filled, Interaction interaction) {
        return people.identify(interaction.user()) instanceof Identity.Member(Person person, var _)
                ? requests.preview(new AccessRequest(
                        interaction.request(),
                        person,
                        filled.environment(),
                        filled.duration(),
                        filled.reason(),
                        filled.breakGlass(),
                        filled.start(),
                        Timestamps.wholeSeconds(clock.instant()),
                        Optional.empty()))
                : Optional.empty();
    }
}
