package dev.bastion.app;

import dev.bastion.app.api.ApiServer;
import dev.bastion.app.api.ApiUseCases;
import dev.bastion.app.config.Settings;
import dev.bastion.app.oidc.OidcIssuers;
import dev.bastion.slack.command.UseCases;
import dev.bastion.slack.command.UserDirectory;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wiring of the API, which runs the use cases of Slack. */
final class ApiWiring {
    private static final Logger LOG = LoggerFactory.getLogger(ApiWiring.class);

    private ApiWiring() {}

    /**
     * Starts the API; empty while it is off.
     *
     * @param onUnknown finds out what became of requests of which it is not known whether they were recorded
     */
    static Optional<ApiServer> start(
            Settings.Api settings, UseCases cases, UserDirectory users, Runnable onUnknown, InstantSource clock) {
        return settings.port().map(port -> {
            ApiServer server = new ApiServer(
                    settings.bind(),
                    port,
                    new OidcIssuers(settings.issuers()),
                    useCases(cases, users),
                    onUnknown,
                    clock);
            LOG.atInfo()
                    .addKeyValue("bind", settings.bind())
                    .addKeyValue("port", server.port())
                    .log("api.started");
            return server;
        });
    }

    private static ApiUseCases useCases(UseCases cases, UserDirectory users) {
        return new ApiUseCases(
                cases.request(),
                cases.extend(),
                cases.end(),
                cases.withdraw(),
                cases.status(),
                cases.ledger(),
                cases.observations(),
                cases.refusals(),
                cases.proposals(),
                users::whyNoAccess);
    }
}
