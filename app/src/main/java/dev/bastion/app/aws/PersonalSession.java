package dev.bastion.app.aws;

/**
 * A started session, as the plugin {@code session-manager-plugin} takes it.
 *
 * @param id like {@code john.doe-0a1b2c3d4e5f60718}
 * @param response the answer of StartSession as JSON: it has the token, which opens the session
 * @param request the request of StartSession as JSON
 * @param profile the profile with which the plugin resumes the session; empty for the default credentials
 * @param endpoint the address of SSM
 */
public record PersonalSession(
        String id, String response, String request, String region, String profile, String endpoint) {
    /** Without the token. */
    @Override
    public String toString() {
        return "PersonalSession[" + id + "]";
    }
}
