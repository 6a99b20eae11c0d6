package dev.bastion.ledger.github;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Which account the service is. It does not change while the service runs, so it is asked for once. */
final class Myself {
    private final GithubCalls calls;
    private final GithubCredentials credentials;
    private @Nullable String login;

    Myself(GithubCalls calls, GithubCredentials credentials) {
        this.calls = calls;
        this.credentials = credentials;
    }

    synchronized String login() throws IOException {
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
                calls.send(Call.get("user")).as(Shape.User.class).login();
            case GithubCredentials.App app ->
                calls.sendAs(GithubAccess.asApp(app), Call.get("app"))
                                .as(Shape.App.class)
                                .slug()
                        + "[bot]";
        };
    }
}
