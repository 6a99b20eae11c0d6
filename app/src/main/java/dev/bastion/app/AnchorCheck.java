package dev.bastion.app;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.diagnosis.InstallationCheck;
import dev.bastion.access.fault.AnchorFailed;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.port.AnchorStore;

/** The check of the place of anchors: it reads where it may. A place that the service may only write to is not tried. */
record AnchorCheck(AnchorStore store) implements InstallationCheck {
    private static final String SUBJECT = "anchors";

    @Override
    public Area area() {
        return Area.LEDGER;
    }

    @Override
    public String system() {
        return store.place();
    }

    @Override
    public void examine(Findings found) {
        try {
            boolean isRead = store.newest().isPresent();
            found.add(Finding.ok(
                    Area.LEDGER,
                    SUBJECT,
                    "go to " + store.place() + (isRead ? ", which has some" : "; /readyz says whether they arrive")));
        } catch (AnchorFailed e) {
            found.add(finding(e.fault()));
        }
    }

    private static Finding finding(Fault fault) {
        String meaning = fault.attempted() + " failed: " + fault.answered();
        return switch (fault) {
            case Fault.Refused refused -> Finding.problem(Area.LEDGER, SUBJECT, meaning, refused.remedy());
            case Fault.Unknown _, Fault.Later _ ->
                Finding.unknown(Area.LEDGER, SUBJECT, meaning, "try again when the place responds");
        };
    }
}
