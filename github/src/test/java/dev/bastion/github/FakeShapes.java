package dev.bastion.github;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers as GitHub documents them. */
public final class FakeShapes {
    private FakeShapes() {}

    public static Map<String, Object> repository(String fullName) {
        String[] parts = fullName.split("/");
        return json("id", 1, "name", parts[1], "full_name", fullName, "owner", user(parts[0]));
    }

    public static Map<String, Object> user(String login) {
        return json(
                "login",
                login,
                "id",
                Math.floorMod(login.hashCode(), 1000),
                "type",
                login.endsWith("[bot]") ? "Bot" : "User");
    }

    /** Names and values by turns; unlike {@link Map#of} it takes null. */
    public static Map<String, Object> json(@Nullable Object... namesAndValues) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.put((String) Objects.requireNonNull(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return json;
    }
}
