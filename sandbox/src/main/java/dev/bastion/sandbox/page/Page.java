package dev.bastion.sandbox.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.model.SlackUser;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The routes of the page: {@code /} and {@code /page/<file>}, JSON to look at and
 * to act at {@code /ui/…}, and {@code /ui/events}, which tells what to look at again.
 */
public final class Page implements AutoCloseable {
    private final SlackWorkspace slack;
    private final PageSource source;
    private final FaultSwitches faultSwitches;
    private final PageEvents events = new PageEvents();
    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new EpochMillisModule())
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .defaultPropertyInclusion(JsonInclude.Value.ALL_ALWAYS)
            .build();

    public Page(SlackWorkspace slack, PageSource source) {
        this.slack = slack;
        this.source = source;
        this.faultSwitches = new FaultSwitches(slack, source);
        slack.onChange(() -> events.changed(Topic.SLACK));
        source.onChange(events::changed);
    }

    /** To be called while the server is configured: {@code Javalin.create(config -> page.mount(config.routes))}. */
    public void mount(RoutesConfig routes) {
        PageFiles resources = new PageFiles();
        routes.get("/", context -> resources.serve(context, "index.html"));
        routes.get("/page/{file}", context -> resources.serve(context, context.pathParam("file")));
        routes.sse("/ui/events", events::join);
        mountReads(routes);
        acts(routes);
    }

    private void mountReads(RoutesConfig routes) {
        ChannelView channel = new ChannelView(slack);
        look(routes, "parts", source::parts);
        look(routes, "troubles", faultSwitches::all);
        look(routes, "log", source::log);
        look(routes, "runs", source::runs);
        look(routes, "instances", source::instances);
        look(routes, "sessions", source::sessions);
        look(routes, "terminal", () -> Map.of("line", source.terminalLine()));
        look(routes, "pulls", source::pullRequests);
        routes.get("/ui/slack", context -> send(context, channel.seenBy(viewer(context))));
        routes.get(
                "/ui/versions",
                context -> send(context, channel.versions(parameter(context, "channel"), parameter(context, "ts"))));
        routes.get("/ui/runs/{run}/output", this::output);
    }

    private void acts(RoutesConfig routes) {
        PageActions acts = new PageActions(slack, source, faultSwitches);
        routes.get(
                "/ui/options",
                context -> send(
                        context,
                        acts.search(
                                viewer(context),
                                parameter(context, "view"),
                                parameter(context, "action"),
                                parameter(context, "typed"))));
        routes.post("/ui/{act}", context -> {
            if (!Optional.ofNullable(context.contentType()).orElse("").startsWith("application/json")) {
                throw new ForbiddenResponse("send JSON; forms of other sites are refused");
            }
            try {
                send(context, acts.perform(context.pathParam("act"), json.readTree(context.body())));
            } catch (IllegalArgumentException impossible) {
                throw new BadRequestResponse(String.valueOf(impossible.getMessage()));
            }
        });
    }

    private void look(RoutesConfig routes, String name, Supplier<?> what) {
        routes.get("/ui/" + name, context -> send(context, what.get()));
    }

    /** The output of a run from an offset on, so that a client fetches only what is new. */
    private void output(Context context) throws IOException {
        String all = source.output(context.pathParam("run"));
        int from = Math.clamp(Long.parseLong(parameter(context, "from")), 0, all.length());
        send(context, Map.of("from", from, "text", all.substring(from)));
    }

    /** The user who looks at the page. */
    private String viewer(Context context) {
        String id = parameter(context, "as");
        return slack.people().stream()
                .map(SlackUser::id)
                .filter(id::equals)
                .findFirst()
                .orElseThrow(() -> new BadRequestResponse("no user has the id " + id));
    }

    private static String parameter(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name))
                .orElseThrow(() -> new BadRequestResponse("the parameter " + name + " is missing"));
    }

    private void send(Context context, Object shown) throws IOException {
        context.header("Cache-Control", "no-store");
        context.contentType("application/json; charset=utf-8").result(json.writeValueAsBytes(shown));
    }

    @Override
    public void close() {
        events.close();
    }
}
