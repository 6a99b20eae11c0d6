package dev.bastion.access.diagnosis;

import java.util.List;
import java.util.function.Consumer;

/** A check of one system that an installation depends on. */
public interface InstallationCheck {
    /** The area of the finding that says that the system could not be looked at. */
    Area area();

    /** The system's name; it is said to be down once, whatever number of checks need it. */
    String system();

    /**
     * Looks, and changes nothing.
     *
     * @param found takes each finding at once
     * @throws RuntimeException when the system does not answer; what was found before stays
     */
    void examine(Findings found);

    /** A check with findings that are known already. */
    static InstallationCheck of(Area area, String system, List<Finding> known) {
        return by(area, system, found -> found.addAll(known));
    }

    /** A check by a function. */
    static InstallationCheck by(Area area, String system, Consumer<Findings> examine) {
        return new InstallationCheck() {
            @Override
            public Area area() {
                return area;
            }

            @Override
            public String system() {
                return system;
            }

            @Override
            public void examine(Findings found) {
                examine.accept(found);
            }
        };
    }
}
