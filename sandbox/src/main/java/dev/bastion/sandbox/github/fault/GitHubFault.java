package dev.bastion.sandbox.github.fault;

import dev.bastion.sandbox.fault.LastingFault;

/** A fault of GitHub that lasts until it is switched off. */
public enum GitHubFault implements LastingFault {
    DOWN("GitHub is down", "Git and REST answer 503."),
    GIT_DOWN("Git is down", "Git answers 503; REST works."),
    REST_DOWN("REST is down", "REST answers 503; git works."),
    TEAMS_DOWN("Teams are down", "The routes of teams answer 503; the rest of REST works."),
    SLOW("GitHub is slow", "Each answer of git and REST takes 3 seconds."),
    LAG(
            "REST lags behind",
            "For 8 seconds REST shows no write: all that it tells is old, and a new commit is not found."),
    RATE_LIMIT("Rate limit reached", "REST answers 403 until the hour ends; git works."),
    SECONDARY_LIMIT("Secondary rate limit", "REST answers 429 and asks the client to wait for 30 seconds."),
    PUSHES_REFUSED("A ruleset refuses pushes", "Git refuses each push with GH013."),
    ARCHIVED("Repository archived", "Writes of git and REST answer 403; reads work."),
    RENAMED("Repository renamed", "Git and REST redirect from the old name to the new one (301)."),
    SAML("SAML sign-on required", "Git and REST answer 403 to the tokens of people and bots, not to those of apps."),
    SUSPENDED("App suspended", "The app gets no token, and its tokens answer 403."),
    KEY_REVOKED("App's key revoked", "The app's key and its tokens answer 401.");

    private final String title;
    private final String effect;

    GitHubFault(String title, String effect) {
        this.title = title;
        this.effect = effect;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String effect() {
        return effect;
    }
}
