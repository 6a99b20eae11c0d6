package dev.bastion.access.diagnosis;

/** The part of an installation that a finding is about, in the order in which people set them up. */
public enum Area {
    SETTINGS("settings"),
    SLACK("Slack"),
    GITHUB("GitHub"),
    LEDGER("ledger"),
    CI("CI"),
    AWS("AWS"),
    DATABASE("database");

    private final String title;

    Area(String title) {
        this.title = title;
    }

    /** The name for people. */
    public String title() {
        return title;
    }
}
