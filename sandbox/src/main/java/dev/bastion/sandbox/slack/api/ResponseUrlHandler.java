package dev.bastion.sandbox.slack.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.call.ApiArguments;
import dev.bastion.sandbox.slack.call.ApiCall;
import dev.bastion.sandbox.slack.call.ApiRequest;
import dev.bastion.sandbox.slack.conversation.Conversations;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.conversation.ResponseUrls;
import dev.bastion.sandbox.slack.model.Json;
import dev.bastion.sandbox.slack.model.SlackException;
import dev.bastion.sandbox.slack.workspace.WorkspaceState;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Optional;

/**
 * The handler of messages that the app sends to a response URL or with an acknowledgement, to one person or to the
 * channel.
 */
public final class ResponseUrlHandler {
    private static final int LONGEST = 40_000;

    private final WorkspaceState workspace;
    private final ChatMethods.Contents contents;

    public ResponseUrlHandler(WorkspaceState workspace) {
        this.workspace = workspace;
        this.contents = new ChatMethods.Contents(workspace.ids());
    }

    public void handle(Context context) {
        ApiRequest request =
                new ApiRequest("response_url", ApiArguments.of(context), ApiRequest.Caller.BOT, context.host());
        ObjectNode response = Json.object();
        int status = 200;
        try {
            ResponseUrls.Target target = workspace.responseUrls().use(context.pathParam("token"));
            say(target, request);
            response.put("ok", true);
        } catch (SlackException error) {
            response = error.json();
            status = response.path("error").asText().endsWith("_url") ? 404 : 400;
        }
        workspace
                .transcript()
                .add(new ApiCall(
                        Instant.now(),
                        request.method(),
                        request.arguments(),
                        status,
                        response.path("error").asText(),
                        response));
        context.status(status).contentType("application/json; charset=utf-8").result(response.toString());
    }

    /** Posts the message where the interaction took place. */
    public void say(ResponseUrls.Target target, ApiRequest request) {
        Optional<Message> original =
                target.message().flatMap(message -> workspace.conversations().find(message.channel(), message.ts()));
        if (request.flag("delete_original") && original.isPresent()) {
            workspace.conversations().delete(original.get());
            return;
        }
        Conversations.MessageContent content = contents.of(request, LONGEST);
        if (request.flag("replace_original") && original.isPresent()) {
            workspace.conversations().edit(original.get(), content);
            return;
        }
        boolean toAll =
                request.text("response_type").filter("in_channel"::equals).isPresent();
        workspace
                .conversations()
                .post(
                        target.channel(),
                        workspace.app().botUser(),
                        content,
                        request.text("thread_ts"),
                        toAll ? Optional.empty() : Optional.of(target.user()));
    }
}
