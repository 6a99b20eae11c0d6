package dev.bastion.sandbox.github.rest;

import io.javalin.config.RoutesConfig;

/** A group of REST endpoints. */
public interface Endpoints {
    /** @param root what every path begins with, like {@code /api/v3} */
    void mount(RoutesConfig routes, String root);
}
