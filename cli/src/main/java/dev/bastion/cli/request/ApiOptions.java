package dev.bastion.cli.request;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options by which every command finds the API and its token. */
final class ApiOptions {
    private static final String API = "BASTION_API";

    @Option(
            names = "--api",
            paramLabel = "URL",
            description =
                    "The address of the API, like https://bastion.example.com (default: the variable BASTION_API).")
    private Optional<URI> api = Optional.empty();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the OIDC token, read for each call.")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--token-command",
            paramLabel = "COMMAND",
            description =
                    "A shell command that prints the OIDC token. Without it and a file: the variable BASTION_TOKEN, or"
                            + " the token of the job of GitHub Actions.")
    private Optional<String> tokenCommand = Optional.empty();

    @Option(
            names = "--audience",
            paramLabel = "AUDIENCE",
            defaultValue = "bastion",
            description =
                    "The audience to ask GitHub Actions for, as the service's api.issuers has it (default: bastion).")
    private String audience = "bastion";

    @Option(names = "--json", description = "Print the API's answer, also a refusal, as JSON.")
    private boolean json;

    boolean isJson() {
        return json;
    }

    /** @param environment variables of the process */
    ApiConnection connection(Map<String, String> environment) {
        URI address = api.or(() -> Optional.ofNullable(environment.get(API)).map(URI::create))
                .orElseThrow(
                        () -> ApiFailed.usage("there is no address of the API; give --api or the variable " + API));
        boolean isLocal = String.valueOf(address.getHost()).matches("localhost|127\\..*|\\[::1]");
        if (!"https".equals(address.getScheme()) && !("http".equals(address.getScheme()) && isLocal)) {
            throw ApiFailed.usage(
                    "--api must begin with https://, since the token is sent to it; http:// is for this machine");
        }
        return new ApiConnection(address, new TokenSource(tokenFile, tokenCommand, audience, environment)::token);
    }
}
