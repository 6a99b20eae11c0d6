package dev.bastion.slack.web;

import com.slack.api.model.Conversation;
import com.slack.api.model.ConversationType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The channels of our private conversations with people; a person's never changes. */
final class DirectChannels {
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 10;

    private final WebApiCalls calls;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    DirectChannels(WebApiCalls calls) {
        this.calls = calls;
    }

    String with(String user) {
        return Optional.ofNullable(known.get(user)).orElseGet(() -> {
            String channel = calls.call("conversations.open", api -> api.conversationsOpen(r -> r.users(List.of(user))))
                    .getChannel()
                    .getId();
            known.put(user, channel);
            return channel;
        });
    }

    List<String> all() {
        List<String> found = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < MOST_PAGES && (page == 0 || !cursor.isEmpty()); page++) {
            String from = cursor;
            var answer = calls.call(
                    "users.conversations",
                    api -> api.usersConversations(r ->
                            r.types(List.of(ConversationType.IM)).limit(PAGE).cursor(from.isEmpty() ? null : from)));
            answer.getChannels().stream().map(Conversation::getId).forEach(found::add);
            cursor = Optional.ofNullable(answer.getResponseMetadata())
                    .map(next -> Objects.toString(next.getNextCursor(), ""))
                    .orElse("");
        }
        return found;
    }
}
