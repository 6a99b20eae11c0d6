package dev.bastion.sandbox.page;

import dev.bastion.sandbox.fault.FaultSwitch;
import dev.bastion.sandbox.slack.SlackWorkspace;
import java.util.List;
import java.util.stream.Stream;

/** The faults that a visitor of the page can switch on: Slack's, and those of the other platforms. */
final class FaultSwitches {
    private final SlackWorkspace slack;
    private final PageSource source;

    /** A fault as the page shows it. */
    record Switch(String name, String platform, String title, String effect, boolean lasting, boolean on) {}

    FaultSwitches(SlackWorkspace slack, PageSource source) {
        this.slack = slack;
        this.source = source;
    }

    /** All switches, platform by platform. */
    List<Switch> all() {
        return switches()
                .map(fault -> new Switch(
                        fault.id(),
                        fault.platform().title(),
                        fault.title(),
                        fault.effect(),
                        fault.lasting(),
                        fault.isOn()))
                .toList();
    }

    /**
     * Switches a lasting fault on or off, or triggers one that happens once.
     *
     * @throws IllegalArgumentException when there is no such fault
     */
    synchronized void use(String id) {
        FaultSwitch fault = switches()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no fault " + id));
        fault.turn(!fault.isOn());
    }

    private Stream<FaultSwitch> switches() {
        return Stream.concat(slack.faultSwitches().stream(), source.faults().stream());
    }
}
