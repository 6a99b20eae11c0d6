package dev.bastion.apply.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String BASE = Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8));

    private final Redaction redaction = Redaction.of(Map.of(
            "AWS_SECRET_ACCESS_KEY", SECRET,
            "DB_URL", "hunter2-hunter2",
            "TF_VAR_password", "s3cr3t \"word\"",
            "AWS_REGION", "eu-west-1",
            "GITHUB_REPOSITORY", "acme/infrastructure",
            "GITHUB_TOKEN", "ghs_0123456789abcdef",
            "HOME", "/home/runner",
            "ENVIRONMENT", "prod/orders",
            "SHORT", "1234567"));

    static Stream<String> written() {
        return Stream.of(
                SECRET,
                SECRET.toUpperCase(java.util.Locale.ROOT),
                SECRET.toLowerCase(java.util.Locale.ROOT),
                BASE,
                Base64.getUrlEncoder().encodeToString(SECRET.getBytes(UTF_8)),
                Base64.getEncoder().encodeToString(("key=" + SECRET + "&x").getBytes(UTF_8)),
                Base64.getEncoder().encodeToString(("ke=" + SECRET).getBytes(UTF_8)),
                Base64.getMimeEncoder(20, "\n".getBytes(UTF_8)).encodeToString(SECRET.getBytes(UTF_8)),
                URLEncoder.encode(SECRET, UTF_8),
                HexFormat.of().formatHex(SECRET.getBytes(UTF_8)),
                new StringBuilder(SECRET).reverse().toString(),
                SECRET.substring(0, 20),
                SECRET.substring(9, 36),
                SECRET.substring(0, 11) + "\n│ " + SECRET.substring(11),
                String.join(" ", SECRET.split("")),
                String.join("\u200b", SECRET.split("")),
                SECRET.substring(0, 11) + "\\n" + SECRET.substring(11),
                SECRET.substring(0, 11) + "\u001b[31m" + SECRET.substring(11));
    }

    @ParameterizedTest
    @MethodSource("written")
    void aSecretIsRemovedHoweverItIsWritten(String written) {
        String text = redaction.text("Error: invalid value \"" + written + "\" for region");
        assertThat(text)
                .startsWith("Error: invalid value ")
                .endsWith("\" for region")
                .contains("[redacted]");
        assertThat(text.length()).isLessThan(85);
        assertThat(text.replace("[redacted]", "").length()).isLessThan(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2-hunter2", "HUNTER2-HUNTER2", "hunter2-\nhunter2", "ghs_0123456789abcdef"})
    void shortSecretsAndTokensAreRemoved(String written) {
        assertThat(redaction.text("x " + written + " y")).isEqualTo("x [redacted] y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t \"word\"", "s3cr3t \\\"word\\\"", "s3cr3t+%22word%22", "s3cr3t%20%22word%22"})
    void whatATerraformVariableHasIsRemoved(String written) {
        assertThat(redaction.text("x " + written + " y")).isEqualTo("x [redacted] y");
    }

    @Test
    void configurationStays() {
        String text = "eu-west-1 of acme/infrastructure in /home/runner/x: 1234567, +1 security group, "
                + "module.bastion.aws_security_group.bastion[0], 0123456789abcdef0123456789abcdef01234567";
        assertThat(Redaction.of(Map.of("AWS_REGION", "eu-west-1", "GITHUB_REPOSITORY", "acme/infrastructure"))
                        .text(text))
                .isEqualTo(text);
        assertThat(redaction.text("eu-west-1 of acme/infrastructure in /home/runner/x: 1234567 prod/orders"))
                .isEqualTo("eu-west-1 of acme/infrastructure in /home/runner/x: 1234567 prod/orders");
    }

    @Test
    void whatCredentialFilesHaveIsRemoved(@TempDir Path home) throws IOException {
        Path token = Files.writeString(home.resolve("token"), "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln\n");
        Files.createDirectories(home.resolve(".aws"));
        Files.writeString(
                home.resolve(".aws/credentials"), "[default]\naws_secret_access_key = abcdefghijklmnopqrstuvwx\n");
        Redaction files =
                Redaction.of(Map.of("HOME", home.toString(), "AWS_WEB_IDENTITY_TOKEN_FILE", token.toString()));
        assertThat(files.text("got eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln and abcdefghijklmnopqrstuvwx"))
                .isEqualTo("got [redacted] and [redacted]");
    }

    @Test
    void aSecretThatIsLearntLaterIsRemovedFromThenOn() {
        String token = "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCWV1LXdlc3QtMSJH";
        assertThat(redaction.text("token " + token)).contains(token);
        redaction.learn(Map.of("AWS_SESSION_TOKEN", token, "AWS_REGION", "ap-southeast-2"));
        assertThat(redaction.text("token " + token + " of ap-southeast-2"))
                .isEqualTo("token [redacted] of ap-southeast-2");
        assertThat(redaction.text(SECRET)).isEqualTo("[redacted]");
    }
}
