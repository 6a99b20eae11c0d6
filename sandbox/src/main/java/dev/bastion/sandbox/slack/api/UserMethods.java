package dev.bastion.sandbox.slack.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.call.ApiRequest;
import dev.bastion.sandbox.slack.model.AppIdentity;
import dev.bastion.sandbox.slack.model.Json;
import dev.bastion.sandbox.slack.model.SlackException;
import dev.bastion.sandbox.slack.model.SlackUser;
import dev.bastion.sandbox.slack.workspace.WorkspaceState;
import java.util.Map;

/** The methods {@code users.*}, {@code usergroups.users.list}, {@code auth.test} and {@code apps.connections.open}. */
final class UserMethods {
    private final WorkspaceState workspace;

    UserMethods(WorkspaceState workspace) {
        this.workspace = workspace;
    }

    Map<String, ApiMethod> methods() {
        return Map.of(
                "auth.test", this::test,
                "users.info", this::info,
                "users.list", this::list,
                "usergroups.users.list", this::listGroup,
                "apps.connections.open", this::open);
    }

    private ObjectNode test(ApiRequest request) {
        AppIdentity app = workspace.app();
        if (request.caller() == ApiRequest.Caller.APP) {
            return Json.object().put("app_id", app.app()).put("app_name", app.name());
        }
        ObjectNode response = Json.object().put("url", "https://" + app.domain() + ".slack.com/");
        response.put("team", app.domain()).put("user", app.name()).put("team_id", app.team());
        return response.put("user_id", app.botUser()).put("bot_id", app.bot()).put("is_enterprise_install", false);
    }

    private ObjectNode info(ApiRequest request) {
        SlackUser user = workspace
                .people()
                .find(request.required("user", "user_not_found"))
                .orElseThrow(() -> new SlackException("user_not_found"));
        return Json.object().set("user", user.json(workspace.app().team()));
    }

    private ObjectNode list(ApiRequest request) {
        ArrayNode members = Json.array();
        workspace
                .people()
                .all()
                .forEach(user -> members.add(user.json(workspace.app().team())));
        ObjectNode response = Json.object();
        response.putObject("response_metadata").put("next_cursor", "");
        return response.set("members", members);
    }

    private ObjectNode listGroup(ApiRequest request) {
        boolean alsoDisabled =
                request.text("include_disabled").filter("true"::equals).isPresent();
        ArrayNode users = Json.array();
        workspace
                .userGroups()
                .users(request.required("usergroup", "invalid_arguments"), alsoDisabled)
                .orElseThrow(() -> new SlackException("no_such_subteam"))
                .forEach(users::add);
        return Json.object().set("users", users);
    }

    private ObjectNode open(ApiRequest request) {
        workspace.responseUrls().reachedAt(request.host());
        String ticket = workspace.connections().issueTicket();
        return Json.object().put("url", "ws://" + request.host() + "/slack/socket/" + ticket);
    }
}
