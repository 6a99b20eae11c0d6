package dev.bastion.sandbox.slack.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The OAuth scopes of the app's tokens.
 *
 * @param app those of the app-level token
 * @param bot those of the bot token
 */
public record AppScopes(List<String> app, List<String> bot) {
    private static final List<String> APP_LEVEL = List.of("connections:write");
    /** All that the methods of this workspace can need. */
    private static final List<String> EVERY = List.of(
            "chat:write",
            "channels:history",
            "channels:manage",
            "channels:read",
            "commands",
            "groups:history",
            "groups:read",
            "groups:write",
            "im:history",
            "im:read",
            "im:write",
            "mpim:history",
            "mpim:read",
            "mpim:write",
            "users:read");

    public AppScopes {
        app = List.copyOf(app);
        bot = List.copyOf(bot);
    }

    /** Every scope that a method here can need, for tests that are not about scopes. */
    public static AppScopes every() {
        return new AppScopes(APP_LEVEL, EVERY);
    }

    /**
     * Those of an app that is made from a manifest and has the app-level token that people are told to make.
     *
     * @param manifest in YAML, as Slack's pages take it
     */
    public static AppScopes ofManifest(Path manifest) {
        try {
            JsonNode scopes = new YAMLMapper().readTree(manifest.toFile()).at("/oauth_config/scopes/bot");
            List<String> bot = new ArrayList<>();
            scopes.forEach(scope -> bot.add(scope.asText()));
            if (bot.isEmpty()) {
                throw new IllegalArgumentException(manifest + " names no scope at oauth_config.scopes.bot");
            }
            return new AppScopes(APP_LEVEL, bot);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the Slack manifest " + manifest, unreadable);
        }
    }
}
