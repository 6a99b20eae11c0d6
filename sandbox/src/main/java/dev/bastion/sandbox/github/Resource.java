package dev.bastion.sandbox.github;

import io.javalin.config.RoutesConfig;

/** One kind of thing the REST interface knows. */
interface Resource {
    /** @param root what every path begins with, like {@code /api/v3} */
    void mount(RoutesConfig routes, String root);
}
