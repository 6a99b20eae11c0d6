package dev.bastion.sandbox.ci;

import dev.bastion.sandbox.page.CiRun;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/**
 * HTTP routes to the output of a run: {@code /ci/NUMBER} as text, and a redirect from the address that GitHub Actions
 * would use.
 */
public final class RunOutputRoutes {
    private final Ci ci;

    public RunOutputRoutes(Ci ci) {
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
