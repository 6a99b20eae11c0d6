package dev.bastion.apply.plan;

import java.util.List;

/**
 * The state addresses that belong to the bastion module. The CDKTF root stack calls it as {@code module.bastion}; under
 * Terragrunt it is the root module. Both drivers use the same state, so each detects the other's addresses. A root module of
 * Terraform's own calls it as {@code module.bastion}, too.
 */
public enum ModuleScope {
    CHILD_MODULE {
        @Override
        public boolean contains(PlannedChange change) {
            return change.address().startsWith(PREFIX);
        }

        @Override
        List<String> unexpected(List<String> addresses) {
            return addresses.stream()
                    .filter(address -> !address.startsWith(PREFIX))
                    .toList();
        }
    },
    ROOT_WITH_MODULE {
        @Override
        public boolean contains(PlannedChange change) {
            return CHILD_MODULE.contains(change);
        }

        @Override
        List<String> unexpected(List<String> addresses) {
            return CHILD_MODULE.unexpected(addresses);
        }
    },
    ROOT_MODULE {
        @Override
        public boolean contains(PlannedChange change) {
            return !change.isOrphan() && !change.address().startsWith(PREFIX);
        }

        @Override
        List<String> unexpected(List<String> addresses) {
            return addresses.stream()
                    .filter(address -> address.startsWith(PREFIX))
                    .toList();
        }
    };

    public static final String MODULE = "bastion";
    private static final String PREFIX = "module." + MODULE + ".";

    /** Whether the change is to the bastion. */
    public abstract boolean contains(PlannedChange change);

    /** The addresses of a state that this driver did not write. */
    abstract List<String> unexpected(List<String> addresses);

    /** The address within the bastion's own module. */
    public static String withinModule(String address) {
        return address.startsWith(PREFIX) ? address.substring(PREFIX.length()) : address;
    }
}
