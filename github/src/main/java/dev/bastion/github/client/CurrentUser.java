package dev.bastion.github.client;

import dev.bastion.github.GithubCredentials;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Which account the service is. It does not change while the service runs, so it is asked for once. */
public final class CurrentUser {
    private final GithubClient calls;
    private final GithubCredentials credentials;
    private @Nullable String login;

    public CurrentUser(GithubClient calls, GithubCredentials credentials) {
        this.calls = calls;
        this.credentials = credentials;
    }

    public synchronized String login() throws IOException {
        String known = login;
        if (known == null) {
            known = ask();
            login = known;
        }
        return known;
    }

    /** An app acts as {@code slug[bot]}; its installation's token is nobody's, and cannot ask who it is. */
    private String ask() throws IOException {
        return switch (credentials) {
            case GithubCredentials.Token _ ->
                calls.send(ApiCall.get("user")).as(ApiModel.User.class).login();
            case GithubCredentials.App app ->
                calls.sendAs(GithubAuthentication.asApp(app), ApiCall.get("app"))
                                .as(ApiModel.App.class)
                                .slug()
                        + "[bot]";
        };
    }
}
