package dev.bastion.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.sandbox.fault.FaultSwitch;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Permissions;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The members of a team, as an app with and without the permission sees them. */
class TeamMembersTest {
    @TempDir
    Path folder;

    private TestForge forge;
    private TestApp app;

    @BeforeEach
    void start() throws Exception {
        forge = new TestForge(folder, Instant::now);
        app = new TestApp(forge);
        forge.github().teams().put("acme/dba", "janeroe");
        forge.github().teams().putBelow("acme/dba", "acme/dba-night", "johndoe");
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    private HttpResponse<String> members(Account who, String team) {
        return forge.send(
                HttpRequest.newBuilder(URI.create(forge.server.api() + "/orgs/acme/teams/" + team + "/members"))
                        .header("Authorization", "Bearer " + who.token())
                        .build());
    }

    @Test
    void theOrganizationPermissionIsNeeded() {
        HttpResponse<String> refused = members(app.with(Permissions.ofRunbook()), "dba");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("X-Accepted-GitHub-Permissions"))
                .contains("members=read");
    }

    @Test
    void theMembersOfChildTeamsCountAndADeletedTeamIsNotFound() {
        Account service = app.with(Permissions.ofRunbook().with("members", Permissions.Level.READ));
        assertThat(members(service, "dba").body()).contains("\"login\":\"janeroe\"", "\"login\":\"johndoe\"");
        assertThat(members(service, "dba-night").body()).doesNotContain("janeroe");
        forge.github().teams().delete("acme/dba");
        assertThat(members(service, "dba").statusCode()).isEqualTo(404);
        FaultSwitch down = forge.github().faults().switches().stream()
                .filter(each -> each.id().equals("GITHUB_TEAMS_DOWN"))
                .findFirst()
                .orElseThrow();
        down.turn(true);
        assertThat(members(service, "dba-night").statusCode()).isEqualTo(503);
        assertThat(forge.get(service, "/pulls").statusCode()).isEqualTo(200);
    }
}
