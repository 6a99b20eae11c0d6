package dev.bastion.sandbox.github.rest.repository;

import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import dev.bastion.sandbox.github.git.ActivityLog;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The endpoint {@code /repos/{owner}/{name}/activity}. Of its pages, this one serves the first alone. */
public final class ActivityEndpoint implements Endpoints {
    private static final String HEADS = "refs/heads/";
    private static final Set<String> DIRECTIONS = Set.of("asc", "desc");
    private static final Set<String> PARAMETERS = Set.of("ref", "direction", "per_page");

    private final ActivityLog activity;
    private final GitHubFaults faults;
    private final ApiJson apiJson;

    public ActivityEndpoint(ActivityLog activity, GitHubFaults faults, ApiJson apiJson) {
        this.activity = activity;
        this.faults = faults;
        this.apiJson = apiJson;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        routes.get(root + "/repos/{owner}/{name}/activity", this::list);
    }

    private void list(Context request) {
        if (faults.hidesActivity()) {
            throw GitHubException.notAccessible("repos/repos#list-repository-activities");
        }
        String direction = Optional.ofNullable(request.queryParam("direction")).orElse("desc");
        if (!DIRECTIONS.contains(direction)
                || !PARAMETERS.containsAll(request.queryParamMap().keySet())) {
            throw GitHubException.unprocessable("Validation Failed");
        }
        Optional<String> ref = Optional.ofNullable(request.queryParam("ref"))
                .map(name -> name.startsWith(HEADS) ? name : HEADS + name);
        List<Map<String, Object>> all =
                new ArrayList<>(activity.of(ref).stream().map(this::shape).toList());
        if (direction.equals("asc")) {
            Collections.reverse(all);
        }
        JsonExchange.send(request, 200, JsonExchange.page(request, all));
    }

    private Map<String, Object> shape(ActivityLog.Move move) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", move.id());
        json.put("node_id", "PSH_" + move.id());
        json.put("before", move.push().before());
        json.put("after", move.push().after());
        json.put("ref", move.ref());
        json.put("timestamp", move.at().toString());
        json.put("activity_type", move.type());
        json.put("actor", apiJson.account(move.actor()));
        return json;
    }
}
