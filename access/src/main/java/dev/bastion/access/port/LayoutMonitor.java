package dev.bastion.access.port;

import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.state.LayoutProblem;
import java.util.List;

/** Observer of the default branch's layout. */
public interface LayoutMonitor {
    /**
     * Every change that was merged without approval, every file that looks like a bastion and is no environment, and every environment whose resources would have the names
     * of another's.
     *
     * @throws LedgerUnreachable when git does not answer
     */
    List<LayoutProblem> look();
}
