package dev.bastion.apply.plan;

import java.util.List;

/**
 * Which addresses of a state are the bastion's. CDKTF's root stack calls the module as {@code module.bastion}; under
 * Terragrunt the module is the root. Both use the same state, so each has to see that the other was there.
 */
public enum ModuleScope {
    CHILD_MODULE {
        @Override
        public boolean holds(PlannedChange change) {
            return change.address().startsWith(PREFIX);
        }

        @Override
        List<String> foreign(List<String> addresses) {
            return addresses.stream()
                    .filter(address -> !address.startsWith(PREFIX))
                    .toList();
        }
    },
    ROOT_MODULE {
        @Override
        public boolean holds(PlannedChange change) {
            return !change.isOrphan() && !change.address().startsWith(PREFIX);
        }

        @Override
        List<String> foreign(List<String> addresses) {
            return addresses.stream()
                    .filter(address -> address.startsWith(PREFIX))
                    .toList();
        }
    };

    public static final String MODULE = "bastion";
    private static final String PREFIX = "module." + MODULE + ".";

    /** Whether the change is to the bastion. */
    public abstract boolean holds(PlannedChange change);

    /** Those addresses of a state which the other driver wrote, or nobody of ours. */
    abstract List<String> foreign(List<String> addresses);

    /** The address within the bastion's own module. */
    public static String withinModule(String address) {
        return address.startsWith(PREFIX) ? address.substring(PREFIX.length()) : address;
    }
}
