package dev.bastion.sandbox.slack.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.model.AppIdentity;
import java.util.HashMap;
import java.util.Map;

/**
 * A modal that a person has open.
 *
 * @param id {@code V…}
 * @param root the view at the bottom of the stack it is on
 * @param view as the app gave it, completed
 * @param errors the app's validation errors, by block id
 * @param problem what Slack says when the app did not answer, else empty
 * @param suggested the options that the app gave for its external selects last, by action id
 */
public record ModalView(
        String id,
        String user,
        String root,
        String hash,
        ObjectNode view,
        Map<String, String> errors,
        String problem,
        Map<String, ArrayNode> suggested) {
    public ModalView {
        errors = Map.copyOf(errors);
        suggested = Map.copyOf(suggested);
    }

    public String title() {
        return view.path("title").path("text").asText();
    }

    public String callback() {
        return view.path("callback_id").asText();
    }

    public ArrayNode blocks() {
        return view.withArray("blocks");
    }

    public ModalView withErrors(Map<String, String> found) {
        return new ModalView(id, user, root, hash, view, found, "", suggested);
    }

    public ModalView withProblem(String said) {
        return new ModalView(id, user, root, hash, view, Map.of(), said, suggested);
    }

    /** The same once the app has answered what a person typed into an external select. */
    public ModalView withSuggestions(String actionId, ArrayNode options) {
        Map<String, ArrayNode> all = new HashMap<>(suggested);
        all.put(actionId, options);
        return new ModalView(id, user, root, hash, view, errors, problem, all);
    }

    ModalView showing(ObjectNode other, String newHash) {
        return new ModalView(id, user, root, newHash, other, Map.of(), "", suggested);
    }

    /** As payloads and responses tell. */
    public ObjectNode json(AppIdentity app, ObjectNode values) {
        ObjectNode told = view.deepCopy();
        told.put("id", id).put("team_id", app.team()).put("app_id", app.app()).put("bot_id", app.bot());
        told.put("hash", hash).put("root_view_id", root).putNull("previous_view_id");
        told.put("app_installed_team_id", app.team());
        told.putObject("state").set("values", values);
        return told;
    }
}
