package dev.bastion.sandbox.slack.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.call.ApiRequest;
import dev.bastion.sandbox.slack.model.Json;
import dev.bastion.sandbox.slack.model.SlackException;
import dev.bastion.sandbox.slack.view.ModalView;
import dev.bastion.sandbox.slack.workspace.WorkspaceState;
import java.util.Map;

/** The methods {@code views.*}. */
final class ViewMethods {
    private static final int LARGEST = 250_000;

    private final WorkspaceState workspace;

    ViewMethods(WorkspaceState workspace) {
        this.workspace = workspace;
    }

    Map<String, ApiMethod> methods() {
        return Map.of(
                "views.open", this::open,
                "views.push", this::push,
                "views.update", this::update,
                "views.publish", this::publish);
    }

    private ObjectNode open(ApiRequest request) {
        return opened(request, false);
    }

    private ObjectNode push(ApiRequest request) {
        return opened(request, true);
    }

    private ObjectNode opened(ApiRequest request, boolean onTop) {
        String user = workspace.triggers().redeem(request.required("trigger_id", "invalid_arguments"));
        return told(workspace.views().open(user, view(request), onTop));
    }

    private ObjectNode update(ApiRequest request) {
        ModalView modal = request.text("view_id")
                .flatMap(workspace.views()::find)
                .or(() -> request.text("external_id").flatMap(workspace.views()::external))
                .orElseThrow(() -> new SlackException("not_found"));
        refuseStale(request, modal);
        return told(workspace.views().update(modal, view(request)));
    }

    private ObjectNode publish(ApiRequest request) {
        String user = request.required("user_id", "invalid_arguments");
        if (!workspace.manifest().homeTab()) {
            throw new SlackException("not_enabled");
        }
        if (workspace.people().find(user).isEmpty()) {
            throw new SlackException("invalid_arguments");
        }
        workspace.views().home(user).ifPresent(home -> refuseStale(request, home));
        return told(workspace.views().publish(user, view(request)));
    }

    private static void refuseStale(ApiRequest request, ModalView shown) {
        if (request.text("hash").filter(hash -> !hash.equals(shown.hash())).isPresent()) {
            throw new SlackException("hash_conflict");
        }
    }

    private static JsonNode view(ApiRequest request) {
        JsonNode view = request.json("view", "invalid_arguments");
        if (!view.isObject()) {
            throw new SlackException("invalid_arguments");
        }
        if (view.toString().length() > LARGEST) {
            throw new SlackException("view_too_large");
        }
        return view;
    }

    private ObjectNode told(ModalView view) {
        return Json.object().set("view", view.json(workspace.app(), Json.object()));
    }
}
