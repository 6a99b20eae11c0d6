package dev.bastion.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.RequestId;
import dev.bastion.app.world.ApiDescription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** openapi.yaml has every route, status and type of problem, and no others. */
class ApiDescriptionTest {
    private static final JsonNode DOCUMENT = ApiDescription.READ.document();

    private static Set<String> operations() {
        return DOCUMENT.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(operation -> operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyRouteIsAnOperation() {
        assertThat(operations())
                .isEqualTo(Stream.of(Route.values())
                        .map(route -> route.method() + " " + route.path())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyTypeOfProblemIsListed() {
        List<String> listed = StreamSupport.stream(
                        DOCUMENT.at("/components/schemas/Problem/properties/type/enum")
                                .spliterator(),
                        false)
                .map(JsonNode::asText)
                .toList();
        assertThat(listed)
                .isEqualTo(Stream.of(ProblemType.values()).map(ProblemType::uri).toList());
    }

    @Test
    void everyOperationHasTheStatusesThatItsProblemsCanHave() {
        for (Route route : Route.values()) {
            JsonNode operation = DOCUMENT.path("paths")
                    .path(route.path())
                    .path(route.method().toLowerCase(Locale.ROOT));
            Set<Integer> problems = new TreeSet<>();
            operation.path("responses").fieldNames().forEachRemaining(status -> problems.add(Integer.parseInt(status)));
            problems.removeIf(status -> status < 300);
            Set<Integer> expected = Stream.of(ProblemType.values())
                    .filter(type -> canHave(route, type))
                    .map(ProblemType::status)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(problems).as(route.toString()).isEqualTo(expected);
        }
    }

    /** What a caller may send by the description, the service takes; what it may not, the service refuses. */
    @Test
    void aValueIsValidWhereTheServiceTakesIt() {
        assertSame("EnvironmentName", "aZ7_.-/#10", EnvironmentName::new);
        assertSame("Duration", "0123789dhms", text -> fields(text).duration("value"));
        assertSame("Id", "0A1Z2345678I", RequestId::new);
    }

    private static void assertSame(String schema, String letters, Consumer<String> reader) {
        JsonNode described = DOCUMENT.path("components").path("schemas").path(schema);
        Pattern pattern = Pattern.compile(described.path("pattern").asText());
        int longest = described.path("maxLength").asInt(Integer.MAX_VALUE);
        Random random = new Random(1);
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder made = new StringBuilder();
            for (int length = random.nextInt(i % 100 == 0 ? 70 : 18); made.length() < length; ) {
                made.append(letters.charAt(random.nextInt(letters.length())));
            }
            String text = made + (i % 7 == 0 ? ".lOcK" : "");
            boolean isDescribed =
                    text.length() <= longest && pattern.matcher(text).matches();
            assertThat(isDescribed).as("%s %s", schema, text).isEqualTo(isTaken(text, reader));
            taken += isDescribed ? 1 : 0;
        }
        assertThat(taken).as(schema).isPositive();
    }

    private static BodyFields fields(String value) {
        return BodyFields.of(("{\"value\":\"" + value + "\"}").getBytes(StandardCharsets.UTF_8), Set.of("value"));
    }

    private static boolean isTaken(String text, Consumer<String> reader) {
        try {
            reader.accept(text);
            return true;
        } catch (InvalidValue _) {
            return false;
        }
    }

    private static boolean canHave(Route route, ProblemType type) {
        if (route == Route.OPENAPI) {
            return type == ProblemType.METHOD_NOT_ALLOWED || type == ProblemType.BUSY;
        }
        boolean hasParameter = route.path().contains("{");
        boolean hasBody = route.method().equals("POST");
        return switch (type.status()) {
            case 401, 403, 405, 500, 502, 503 -> true;
            case 404 -> hasParameter || hasBody;
            case 409, 504 -> !route.method().equals("GET");
            default -> hasBody;
        };
    }
}
