package dev.bastion.cli.connect;

/** The kind of database, by its port. */
enum Engine {
    POSTGRESQL("postgresql"),
    MYSQL("mysql"),
    OTHER("tcp");

    private final String scheme;

    Engine(String scheme) {
        this.scheme = scheme;
    }

    /** The scheme of its URLs. */
    String scheme() {
        return scheme;
    }

    static Engine of(int port) {
        return switch (port) {
            case 5432, 5433, 6432 -> POSTGRESQL;
            case 3306, 3307 -> MYSQL;
            default -> OTHER;
        };
    }
}
