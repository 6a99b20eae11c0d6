package dev.bastion.access.troubleshooting;

import dev.bastion.access.port.LayoutMonitor;
import dev.bastion.access.state.LayoutProblem;
import java.util.List;

/** An observer of the layout that remembers what it saw last, for answers that must not wait for git. */
public final class RememberedLayout implements LayoutMonitor {
    private final LayoutMonitor monitor;
    private volatile List<LayoutProblem> last = List.of();

    public RememberedLayout(LayoutMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public List<LayoutProblem> look() {
        List<LayoutProblem> seen = List.copyOf(monitor.look());
        last = seen;
        return seen;
    }

    /** The problems seen last; none before the first look. */
    List<LayoutProblem> last() {
        return last;
    }
}
