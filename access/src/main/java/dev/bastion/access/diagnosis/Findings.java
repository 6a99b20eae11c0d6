package dev.bastion.access.diagnosis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The findings of one check so far: what a check found stays, although it fails later or takes too long. */
public final class Findings {
    private final List<Finding> all = new CopyOnWriteArrayList<>();

    public void add(Finding finding) {
        all.add(finding);
    }

    public void addAll(List<Finding> findings) {
        all.addAll(findings);
    }

    /** Whether anything but OK was found so far. */
    public boolean areAllOk() {
        return all.stream().allMatch(finding -> finding.is(Finding.Status.OK));
    }

    public List<Finding> all() {
        return List.copyOf(all);
    }
}
