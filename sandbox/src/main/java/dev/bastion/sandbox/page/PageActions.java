package dev.bastion.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.interaction.ActingUser;
import dev.bastion.sandbox.slack.model.SlackUser;
import dev.bastion.sandbox.slack.view.ModalView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The actions of the page's visitors. Each is started when the call returns; its result appears as it would in Slack. */
final class PageActions {
    private final SlackWorkspace slack;
    private final PageSource source;
    private final FaultSwitches faultSwitches;

    PageActions(SlackWorkspace slack, PageSource source, FaultSwitches faultSwitches) {
        this.slack = slack;
        this.source = source;
        this.faultSwitches = faultSwitches;
    }

    /**
     * Performs an action. {@code said} always has {@code as}, the user's id; its other fields depend on the action.
     *
     * @throws IllegalArgumentException when it is not possible, with the reason
     */
    Map<String, Boolean> perform(String act, JsonNode said) {
        ActingUser me = slack.as(text(said, "as"));
        switch (act) {
            case "say" -> say(me.in(text(said, "channel")), text(said, "text").strip());
            case "click" -> me.click(message(said), text(said, "action"));
            case "choose" -> me.choose(message(said), text(said, "action"), text(said, "value"));
            case "act" -> me.act(view(said, me), block(said), text(said, "action"), values(said));
            case "submit" -> me.submit(view(said, me), values(said));
            case "close" -> me.close(view(said, me));
            case "trouble" -> faultSwitches.use(text(said, "name"));
            case "pull" -> pull(me, said);
            case "account" -> slack.change(text(said, "person"), SlackUser.Kind.valueOf(text(said, "kind")));
            case "connect" -> source.connect(me.user().name(), text(said, "instance"));
            case "disconnect" -> source.disconnect(text(said, "session"));
            case "home" -> openHome(me);
            case "shortcut" -> me.shortcut(text(said, "callback"));
            default -> throw new IllegalArgumentException("there is no action " + act);
        }
        return Map.of("ok", true);
    }

    private static void openHome(ActingUser me) {
        if (me.openHome().isEmpty()) {
            throw new IllegalArgumentException("the app has no Home tab, or is not told of it; see its manifest");
        }
    }

    private static void say(ActingUser me, String typed) {
        if (typed.startsWith("/")) {
            String[] words = typed.split("\\s+", 2);
            me.command(words[0], words.length > 1 ? words[1] : "");
        } else if (!typed.isEmpty()) {
            me.say(typed);
        }
    }

    private void pull(ActingUser me, JsonNode said) {
        PullRequestAction act = PullRequestAction.valueOf(text(said, "what"));
        source.act(
                me.user().name(),
                said.path("number").asInt(),
                act,
                text(said, "text").strip());
    }

    private Message message(JsonNode said) {
        return slack.message(text(said, "channel"), text(said, "ts"))
                .orElseThrow(() -> new IllegalArgumentException("that message does not exist any more"));
    }

    private ModalView view(JsonNode said, ActingUser me) {
        String id = text(said, "view");
        return slack.modal(me.user().id())
                .filter(modal -> modal.id().equals(id))
                .or(() -> slack.home(me.user().id()).filter(home -> home.id().equals(id)))
                .orElseThrow(() -> new IllegalArgumentException("that view is no longer open"));
    }

    /** The options of an external select for what is typed, once the app has answered. */
    JsonNode search(String as, String view, String action, String typed) {
        ActingUser me = slack.as(as);
        ModalView modal = slack.modal(me.user().id())
                .filter(open -> open.id().equals(view))
                .orElseThrow(() -> new IllegalArgumentException("that view is no longer open"));
        me.search(modal, action, typed).acknowledged();
        return slack.modal(me.user().id())
                .flatMap(now -> Optional.<JsonNode>ofNullable(now.suggested().get(action)))
                .orElseThrow(() -> new IllegalArgumentException("the app gave no options that Slack takes"));
    }

    private static Optional<String> block(JsonNode said) {
        return Optional.of(said.path("block").asText()).filter(id -> !id.isEmpty());
    }

    private static Map<String, String> values(JsonNode said) {
        Map<String, String> values = new HashMap<>();
        said.path("values")
                .properties()
                .forEach(value -> values.put(value.getKey(), value.getValue().asText()));
        return values;
    }

    private static String text(JsonNode said, String key) {
        if (!said.path(key).isTextual()) {
            throw new IllegalArgumentException("the field " + key + " is missing");
        }
        return said.path(key).asText();
    }
}
