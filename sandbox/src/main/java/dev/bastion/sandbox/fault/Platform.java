package dev.bastion.sandbox.fault;

/** A simulated platform that can have faults. */
public enum Platform {
    SLACK("Slack"),
    GITHUB("GitHub"),
    AWS("AWS");

    private final String title;

    Platform(String title) {
        this.title = title;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }
}
