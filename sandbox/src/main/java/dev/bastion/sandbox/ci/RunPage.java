package dev.bastion.sandbox.ci;

import dev.bastion.sandbox.page.CiRun;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** What a run printed, as text, at {@code /ci/NUMBER}; and where GitHub's own links to a run lead there. */
public final class RunPage {
    private final Ci ci;

    public RunPage(Ci ci) {
        this.ci = ci;
    }

    public void mount(RoutesConfig routes) {
        routes.get(
                "/{owner}/{name}/actions/runs/{run}", request -> request.redirect("/ci/" + request.pathParam("run")));
        routes.get("/ci/{run}", this::show);
    }

    private void show(Context request) {
        request.contentType("text/plain; charset=utf-8");
        String id = request.pathParam("run");
        ci.run(id)
                .ifPresentOrElse(
                        run -> request.result(text(run)),
                        () -> request.status(404).result("CI has no run " + id + "\n"));
    }

    private String text(CiRun run) {
        String head = "Run " + run.id() + ": " + run.title() + " at " + run.commit() + ", " + run.state();
        return head + (run.detail().isEmpty() ? "" : " (" + run.detail() + ")") + "\n\n" + ci.output(run.id());
    }
}
