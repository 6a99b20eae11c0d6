package dev.bastion.sandbox.slack.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.blocks.Blocks;
import dev.bastion.sandbox.slack.blocks.ViewValidator;
import dev.bastion.sandbox.slack.model.ChangeListeners;
import dev.bastion.sandbox.slack.model.Ids;
import dev.bastion.sandbox.slack.model.Json;
import dev.bastion.sandbox.slack.model.SlackException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The open modals of each person, at most three stacked, and their App Home views. */
public final class Views {
    private static final int DEEPEST = 3;

    private final Ids ids;
    private final ChangeListeners feed;
    private final Map<String, List<ModalView>> stacks = new HashMap<>();
    private final Map<String, ModalView> homes = new HashMap<>();

    public Views(Ids ids, ChangeListeners feed) {
        this.ids = ids;
        this.feed = feed;
    }

    /** Opens a modal for a person, {@code onTop} of the open ones or instead of them. */
    public ModalView open(String user, JsonNode view, boolean onTop) {
        ObjectNode shown = checked(view, "modal");
        ModalView opened;
        synchronized (this) {
            List<ModalView> stack = stacks.computeIfAbsent(user, none -> new ArrayList<>());
            if (!onTop) {
                stack.clear();
            }
            if (stack.size() >= DEEPEST) {
                throw new SlackException("push_limit_reached");
            }
            String id = ids.next("V");
            String root = stack.isEmpty() ? id : stack.getFirst().id();
            opened = new ModalView(id, user, root, ids.timestamp(), shown, Map.of(), "", Map.of());
            stack.add(opened);
        }
        feed.changed();
        return opened;
    }

    /** Replaces what a modal shows. */
    public ModalView update(ModalView modal, JsonNode view) {
        ModalView updated = modal.showing(checked(view, "modal"), ids.timestamp());
        replace(updated);
        return updated;
    }

    public void replace(ModalView modal) {
        synchronized (this) {
            stack(modal.user()).replaceAll(other -> other.id().equals(modal.id()) ? modal : other);
        }
        feed.changed();
    }

    public void close(ModalView modal) {
        synchronized (this) {
            stack(modal.user()).removeIf(other -> other.id().equals(modal.id()));
        }
        feed.changed();
    }

    public void closeAll(String user) {
        synchronized (this) {
            stack(user).clear();
        }
        feed.changed();
    }

    public ModalView publish(String user, JsonNode view) {
        ObjectNode shown = checked(view, "home");
        ModalView home;
        synchronized (this) {
            String id = Optional.ofNullable(homes.get(user)).map(ModalView::id).orElseGet(() -> ids.next("V"));
            home = new ModalView(id, user, id, ids.timestamp(), shown, Map.of(), "", Map.of());
            homes.put(user, home);
        }
        feed.changed();
        return home;
    }

    public synchronized Optional<ModalView> home(String user) {
        return Optional.ofNullable(homes.get(user));
    }

    /** The topmost modal of a person. */
    public synchronized Optional<ModalView> top(String user) {
        List<ModalView> stack = stack(user);
        return stack.isEmpty() ? Optional.empty() : Optional.of(stack.getLast());
    }

    public synchronized Optional<ModalView> find(String id) {
        return find(view -> view.id().equals(id));
    }

    public synchronized Optional<ModalView> external(String externalId) {
        return find(view -> view.view().path("external_id").asText().equals(externalId));
    }

    private Optional<ModalView> find(Predicate<ModalView> wanted) {
        return stacks.values().stream().flatMap(List::stream).filter(wanted).findFirst();
    }

    private List<ModalView> stack(String user) {
        return stacks.computeIfAbsent(user, none -> new ArrayList<>());
    }

    private ObjectNode checked(JsonNode view, String type) {
        List<String> problems = ViewValidator.problems(view, type);
        if (!problems.isEmpty()) {
            throw new SlackException("invalid_arguments", problems);
        }
        ObjectNode shown = Json.copy(view);
        shown.set("blocks", Blocks.stored(view.path("blocks"), ids));
        return shown;
    }
}
