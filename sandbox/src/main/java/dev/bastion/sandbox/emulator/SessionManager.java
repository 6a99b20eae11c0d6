package dev.bastion.sandbox.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SSM's Session Manager, as people call it: each with an assumed role whose session name is theirs, which is the
 * principal that {@code ssm:DescribeSessions} lists.
 */
public final class SessionManager {
    private static final String ACCOUNT = "123456789012";
    private static final Pattern ACCESS_KEY = Pattern.compile("<AccessKeyId>([A-Z0-9]+)</AccessKeyId>");

    private final ObjectMapper json = new ObjectMapper();
    private final AwsClient aws;

    SessionManager(AwsClient aws) {
        this.aws = aws;
    }

    /**
     * A started session.
     *
     * @param host where the document forwards to
     */
    public record Started(String id, String host, int port) {}

    /**
     * Starts a session.
     *
     * @param document a session document that forwards a port to a host of its own
     * @throws IllegalArgumentException when SSM refuses it, with its words
     */
    public Started start(String person, String instance, String document) {
        try {
            String key = accessKey(person);
            JsonNode properties = json.readTree(read(call(key, "GetDocument", Map.of("Name", document)), "Content"))
                    .path("properties");
            String id =
                    read(call(key, "StartSession", Map.of("Target", instance, "DocumentName", document)), "SessionId");
            return new Started(
                    id,
                    properties.path("host").asText(),
                    Integer.parseInt(properties.path("portNumber").asText()));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("the document " + document + " is not JSON", unreadable);
        }
    }

    /** Ends a session; one that has ended stays as it is. */
    public void end(String person, String session) {
        call(accessKey(person), "TerminateSession", Map.of("SessionId", session));
    }

    /** The answer of {@code ssm:DescribeSessions} for an instance, as JSON. */
    public String describe(String state, String instance) {
        return aws.json("ssm", "AmazonSSM.DescribeSessions", text(Map.of("State", state, "Filters", new Object[] {
            Map.of("key", "Target", "value", instance)
        })));
    }

    /** The access key of a person's role: sessions that are started with it are theirs. */
    public String accessKey(String person) {
        return accessKey(person, ACCOUNT);
    }

    /** The same in another account. */
    public String accessKey(String person, String account) {
        String role = "arn:aws:iam::" + account + ":role/developer";
        Matcher key = ACCESS_KEY.matcher(aws.sts("Action=AssumeRole&RoleArn=" + URLEncoder.encode(role, UTF_8)
                + "&RoleSessionName=" + URLEncoder.encode(person, UTF_8)));
        if (!key.find()) {
            throw new IllegalStateException("STS's answer has no AccessKeyId");
        }
        return key.group(1);
    }

    private String call(String accessKey, String action, Map<String, ?> body) {
        try {
            return aws.ssmAs(accessKey, action, text(body));
        } catch (IllegalStateException refused) {
            throw new IllegalArgumentException(action + " failed: " + refused.getMessage(), refused);
        }
    }

    private String read(String answer, String field) throws JsonProcessingException {
        return json.readTree(answer).path(field).asText();
    }

    private String text(Map<String, ?> body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
