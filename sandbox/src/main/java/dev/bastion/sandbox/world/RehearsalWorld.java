package dev.bastion.sandbox.world;

import dev.bastion.sandbox.emulator.EmptyAws;
import dev.bastion.sandbox.github.GitHubServer;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.machine.Ports;
import dev.bastion.sandbox.slack.SlackServer;
import dev.bastion.sandbox.slack.SlackWorkspace;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sandbox of a rehearsal: a Slack, a GitHub with a ledger and an AWS without instances, in one process and without
 * external tools. There is no CI: commits are never applied.
 */
final class RehearsalWorld implements AutoCloseable {
    private static final String REPOSITORY = "acme/environments";
    private static final String REGION = "eu-central-1";

    private static final Account PERSON = Account.user("johndoe", "sandbox-token-of-johndoe");

    private final Path scratch;
    private final SigningKey key;
    private final ServiceApp app;
    private final ServiceHealth health = new ServiceHealth(URI.create("http://127.0.0.1:" + Ports.choose(0)));
    private final SlackServer slack;
    private final EmptyAws aws = new EmptyAws();
    private final GitHubServer forge;

    private RehearsalWorld(Path scratch, Path manifest) {
        this.scratch = scratch;
        this.slack = SlackServer.start(manifest);
        this.key = SigningKey.in(scratch);
        this.app = ServiceApp.in(scratch);
        this.forge = GitHubServer.start(
                scratch.resolve("ledger.git"),
                REPOSITORY,
                InstantSource.system(),
                app.app().account(),
                PERSON,
                Account.user("janeroe", "sandbox-token-of-janeroe"),
                Account.user("maxmustermann", "sandbox-token-of-maxmustermann"));
        forge.github().register(app.app());
    }

    /** @param manifest the manifest of the Slack app */
    static RehearsalWorld start(Path scratch, Path manifest) {
        RehearsalWorld world = new RehearsalWorld(scratch, manifest);
        Map<String, byte[]> files = LedgerSeed.rehearsal().with(world.key).files();
        InitialCommit.write(world.forge.repository(), files, "Add all environments, closed\n");
        return world;
    }

    SlackWorkspace slack() {
        return slack.workspace();
    }

    GitHubServer forge() {
        return forge;
    }

    /** The service, ready. */
    ServiceProcess serve(List<String> command) {
        Map<String, String> settings = new TreeMap<>(ServiceSettings.of(
                addresses(), scratch.resolve("clone.git").toString(), key, health.base(), WorldSettings.DEFAULT_GRACE));
        settings.put("BASTION_LOG_FORMAT", "json");
        settings.put("AWS_ACCESS_KEY_ID", "test");
        settings.put("AWS_SECRET_ACCESS_KEY", "test");
        ServiceProcess service = new ServiceProcess(command, settings, scratch.resolve("service.log"), () -> {});
        service.start();
        try {
            health.awaitReady(service);
            return service;
        } catch (RuntimeException failure) {
            service.close();
            throw failure;
        }
    }

    private Addresses addresses() {
        return new Addresses(
                URI.create(slack.apiUrl()),
                URI.create(slack.apiUrl()),
                slack().tokens().app(),
                slack().tokens().bot(),
                SlackWorkspace.CHANNEL,
                URI.create(forge.remote()),
                REPOSITORY,
                URI.create(forge.api()),
                app,
                PERSON,
                aws.address(),
                REGION);
    }

    @Override
    public void close() {
        slack.close();
        aws.close();
        forge.close();
    }
}
