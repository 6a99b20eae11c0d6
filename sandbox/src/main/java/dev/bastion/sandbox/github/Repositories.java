package dev.bastion.sandbox.github;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** {@code /repos/{owner}/{name}}: the one repository there is. */
final class Repositories implements Resource {
    private final RepositoryName name;
    private final Shapes shapes;

    Repositories(RepositoryName name, Shapes shapes) {
        this.name = name;
        this.shapes = shapes;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        routes.before(root + "/repos/{owner}/{name}", this::mustBeOurs);
        routes.before(root + "/repos/{owner}/{name}/*", this::mustBeOurs);
        routes.get(root + "/repos/{owner}/{name}", request -> Answer.send(request, 200, shapes.repository()));
    }

    private void mustBeOurs(Context request) {
        String asked = request.pathParam("owner") + "/" + request.pathParam("name");
        if (!asked.equalsIgnoreCase(name.toString())) {
            throw Problem.notFound();
        }
    }
}
