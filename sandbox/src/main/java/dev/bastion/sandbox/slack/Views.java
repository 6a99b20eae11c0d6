package dev.bastion.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The modals people have open, at most three on top of one another, and their homes. */
final class Views {
    private static final int DEEPEST = 3;

    private final Ids ids;
    private final Feed feed;
    private final Map<String, List<ModalView>> stacks = new HashMap<>();
    private final Map<String, ModalView> homes = new HashMap<>();

    Views(Ids ids, Feed feed) {
        this.ids = ids;
        this.feed = feed;
    }

    /** A new modal for somebody; {@code onTop} of the ones that are open, else instead of them. */
    ModalView open(String user, JsonNode view, boolean onTop) {
        ObjectNode shown = checked(view, "modal");
        ModalView opened;
        synchronized (this) {
            List<ModalView> stack = stacks.computeIfAbsent(user, none -> new ArrayList<>());
            if (!onTop) {
                stack.clear();
            }
            if (stack.size() >= DEEPEST) {
                throw new SlackError("push_limit_reached");
            }
            String id = ids.next("V");
            String root = stack.isEmpty() ? id : stack.getFirst().id();
            opened = new ModalView(id, user, root, ids.timestamp(), shown, Map.of(), "");
            stack.add(opened);
        }
        feed.changed();
        return opened;
    }

    /** Replaces what a modal shows. */
    ModalView update(ModalView modal, JsonNode view) {
        ModalView updated = modal.showing(checked(view, "modal"), ids.timestamp());
        replace(updated);
        return updated;
    }

    void replace(ModalView modal) {
        synchronized (this) {
            stack(modal.user()).replaceAll(other -> other.id().equals(modal.id()) ? modal : other);
        }
        feed.changed();
    }

    void close(ModalView modal) {
        synchronized (this) {
            stack(modal.user()).removeIf(other -> other.id().equals(modal.id()));
        }
        feed.changed();
    }

    void closeAll(String user) {
        synchronized (this) {
            stack(user).clear();
        }
        feed.changed();
    }

    ModalView publish(String user, JsonNode view) {
        ObjectNode shown = checked(view, "home");
        ModalView home;
        synchronized (this) {
            String id = Optional.ofNullable(homes.get(user)).map(ModalView::id).orElseGet(() -> ids.next("V"));
            home = new ModalView(id, user, id, ids.timestamp(), shown, Map.of(), "");
            homes.put(user, home);
        }
        feed.changed();
        return home;
    }

    synchronized Optional<ModalView> home(String user) {
        return Optional.ofNullable(homes.get(user));
    }

    /** The modal on top of what somebody has open. */
    synchronized Optional<ModalView> top(String user) {
        List<ModalView> stack = stack(user);
        return stack.isEmpty() ? Optional.empty() : Optional.of(stack.getLast());
    }

    synchronized Optional<ModalView> find(String id) {
        return find(view -> view.id().equals(id));
    }

    synchronized Optional<ModalView> external(String externalId) {
        return find(view -> view.view().path("external_id").asText().equals(externalId));
    }

    private Optional<ModalView> find(Predicate<ModalView> wanted) {
        return stacks.values().stream().flatMap(List::stream).filter(wanted).findFirst();
    }

    private List<ModalView> stack(String user) {
        return stacks.computeIfAbsent(user, none -> new ArrayList<>());
    }

    private ObjectNode checked(JsonNode view, String type) {
        List<String> problems = ViewRules.problems(view, type);
        if (!problems.isEmpty()) {
            throw new SlackError("invalid_arguments", problems);
        }
        ObjectNode shown = Json.copy(view);
        shown.set("blocks", Blocks.stored(view.path("blocks"), ids));
        return shown;
    }
}
