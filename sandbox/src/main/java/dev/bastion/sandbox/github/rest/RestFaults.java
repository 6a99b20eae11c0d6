package dev.bastion.sandbox.github.rest;

import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.fault.GitHubFault;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import io.javalin.http.Context;
import java.util.Set;

/** GitHub's refusals that pass only when a person changes a setting, as REST answers them. */
final class RestFaults {
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final String SSO =
            "https://docs.github.com/articles/" + "authenticating-to-a-github-organization-with-saml-single-sign-on/";
    private static final String INSTALLATION =
            "https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app";

    private final GitHubFaults faults;
    private final ApiJson apiJson;

    RestFaults(GitHubFaults faults, ApiJson apiJson) {
        this.faults = faults;
        this.apiJson = apiJson;
    }

    /** Refuses an app that signs in with its key. */
    void checkKey(Context request) {
        if (faults.isOn(GitHubFault.KEY_REVOKED)) {
            throw new GitHubException(401, "A JSON web token could not be decoded");
        }
        if (faults.isOn(GitHubFault.SUSPENDED) && request.path().endsWith("/access_tokens")) {
            throw suspended();
        }
    }

    /** Refuses an installation's token. */
    void checkInstallation() {
        if (faults.isOn(GitHubFault.KEY_REVOKED)) {
            throw new GitHubException(401, "Bad credentials");
        }
        if (faults.isOn(GitHubFault.SUSPENDED)) {
            throw suspended();
        }
    }

    /**
     * Refuses what the repository or its organization does not allow.
     *
     * @param isInstallation whether it is an app's token: those need no single sign-on
     */
    void checkRepository(Context request, boolean isInstallation) {
        if (!request.path().startsWith(RestApi.ROOT + "/repos/")) {
            return;
        }
        if (faults.isOn(GitHubFault.SAML) && !isInstallation) {
            String organization = "/orgs/" + apiJson.owner().get("login");
            request.header(
                    "X-GitHub-SSO", "required; url=" + apiJson.web(organization + "/sso?authorization_request=A1B2"));
            throw GitHubException.documented(
                    403,
                    "Resource protected by organization SAML enforcement. You must grant your OAuth token access to"
                            + " this organization.",
                    SSO);
        }
        if (faults.isOn(GitHubFault.ARCHIVED)
                && !READS.contains(request.method().name())) {
            throw new GitHubException(403, "Repository was archived so is read-only.");
        }
    }

    private static GitHubException suspended() {
        return GitHubException.documented(403, "This installation has been suspended", INSTALLATION);
    }
}
