package dev.bastion.access.fault;

/** A system that the service calls. */
public enum ExternalSystem {
    SLACK("Slack"),
    GITHUB("GitHub"),
    GIT("git"),
    AWS("AWS"),
    CI("CI"),
    PAGERDUTY("PagerDuty"),
    SIGNING_KEY("the signing key"),
    ANCHORS("the directory of anchors");

    private final String title;

    ExternalSystem(String title) {
        this.title = title;
    }

    /** The name for people, as it stands within a sentence. */
    public String title() {
        return title;
    }
}
