package dev.bastion.github;

/** The credentials that the service signs in to GitHub with. */
public sealed interface GithubCredentials {
    /** A personal, fine-grained or Actions token. */
    record Token(String token) implements GithubCredentials {
        @Override
        public String toString() {
            return "Token[Secret[…]]";
        }
    }

    /**
     * A GitHub App's installation; its short-lived tokens are made and replaced as needed.
     *
     * @param id the app's id, or its client id
     * @param privateKey its private key in PEM, as GitHub hands it out
     * @param installation the installation's id, a number
     */
    record App(String id, String privateKey, long installation) implements GithubCredentials {
        @Override
        public String toString() {
            return "App[id=" + id + ", privateKey=Secret[…], installation=" + installation + "]";
        }
    }
}
