package dev.bastion.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.slack.api.util.json.GsonFactory;
import dev.bastion.slack.web.SlackMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Cards byte for byte. After a deliberate change of wording: {@code -Dgoldens=write}, and read the diff. */
public final class Goldens {
    private static final Path FOLDER = Path.of("src/test/resources/dev/bastion/slack/goldens");
    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private Goldens() {}

    public static void assertLooks(String name, SlackMessage card) throws IOException {
        Path golden = FOLDER.resolve(name + ".json");
        String json = json(card);
        if ("write".equals(System.getProperty("goldens"))) {
            write(golden, json);
        }
        assertThat(json).isEqualTo(Files.readString(golden));
    }

    private static void write(Path golden, String json) throws IOException {
        @Nullable Path folder = golden.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(golden, json);
    }

    public static String json(SlackMessage card) {
        JsonObject message = new JsonObject();
        message.addProperty("text", card.text());
        message.add("blocks", GsonFactory.createSnakeCase().toJsonTree(card.blocks()));
        return PRETTY.toJson(message) + "\n";
    }
}
