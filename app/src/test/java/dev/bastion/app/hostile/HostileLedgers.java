package dev.bastion.app.hostile;

import java.util.stream.Stream;

/** The corpus of hostile ledgers, by kind. */
public final class HostileLedgers {
    private HostileLedgers() {}

    public static Stream<HostileLedger> lookalikes() {
        return HostileFiles.lookalikes();
    }

    public static Stream<HostileLedger> unreadable() {
        return Stream.of(HostileFiles.unreadable(), HostileFiles.noText(), HostileFiles.dated())
                .flatMap(kind -> kind);
    }

    public static Stream<HostileLedger> typesAndSizes() {
        return Stream.concat(HostileFiles.types(), HostileFiles.sizes());
    }

    public static Stream<HostileLedger> trees() {
        return HostileTrees.all();
    }

    /** The file of an open grant, or a directory above it, gives way to something else. */
    public static Stream<HostileLedger> takenAway() {
        return HostileFiles.takenAway();
    }

    public static Stream<HostileLedger> configuration() {
        return Stream.of(HostileConfiguration.invalid(), HostileConfiguration.missing(), HostileConfiguration.many())
                .flatMap(kind -> kind);
    }

    public static Stream<HostileLedger> commits() {
        return HostileCommits.odd();
    }

    public static Stream<HostileLedger> messages() {
        return Stream.concat(HostileCommits.forged(), HostileCommits.forgedUponAComment());
    }

    public static Stream<HostileLedger> historiesAndRefs() {
        return Stream.of(HostileHistories.merges(), HostileHistories.rewritten(), HostileHistories.refs())
                .flatMap(kind -> kind);
    }
}
