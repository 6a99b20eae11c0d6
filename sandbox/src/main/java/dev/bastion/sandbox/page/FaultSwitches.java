package dev.bastion.sandbox.page;

import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.sandbox.slack.fault.SlackFaults;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The faults that a visitor of the page can switch on. */
final class FaultSwitches {
    /** A fault; {@code lasting} ones are switched on and off, the others happen once. */
    enum Fault {
        TRIPLE("Slack delivers everything 3 times", true),
        API_DOWN("Slack's API answers 500", true),
        NO_CONNECTIONS("Slack accepts no new connections", true),
        GITHUB_DOWN("GitHub answers 503", true),
        CUT("Cut the app's connections", false),
        REFRESH("Refresh the app's connections", false);

        private final String title;
        private final boolean lasting;

        Fault(String title, boolean lasting) {
            this.title = title;
            this.lasting = lasting;
        }
    }

    /** A fault as the page shows it. */
    record Switch(String name, String title, boolean lasting, boolean on) {}

    private final SlackWorkspace slack;
    private final PageSource source;
    private final Map<Fault, Boolean> on = new EnumMap<>(Fault.class);

    FaultSwitches(SlackWorkspace slack, PageSource source) {
        this.slack = slack;
        this.source = source;
    }

    synchronized List<Switch> all() {
        return List.of(Fault.values()).stream()
                .filter(fault -> fault != Fault.GITHUB_DOWN || source.hasGitHub())
                .map(fault -> new Switch(fault.name(), fault.title, fault.lasting, isOn(fault)))
                .toList();
    }

    /** Switches a lasting fault on or off, or triggers one that happens once. */
    synchronized void use(Fault fault) {
        boolean now = fault.lasting && !isOn(fault);
        on.put(fault, now);
        SlackFaults faults = slack.faults();
        switch (fault) {
            case TRIPLE -> faults.deliverEach(now ? 3 : 1);
            case API_DOWN -> fail(SlackFaults.ANY, new ApiFailure.Status(500), now);
            case NO_CONNECTIONS -> fail("apps.connections.open", new ApiFailure.Refused("internal_error"), now);
            case GITHUB_DOWN -> source.forge(now);
            case CUT -> slack.cutSockets();
            case REFRESH -> slack.refreshSockets(Duration.ofSeconds(10));
        }
    }

    private boolean isOn(Fault fault) {
        return on.getOrDefault(fault, false);
    }

    private void fail(String method, ApiFailure failure, boolean now) {
        if (now) {
            slack.faults().fail(method, failure);
        } else {
            slack.faults().clear(method);
        }
    }
}
