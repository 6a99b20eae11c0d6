package dev.bastion.sandbox.slack.workspace;

import dev.bastion.sandbox.slack.call.RateLimits;
import dev.bastion.sandbox.slack.call.Transcript;
import dev.bastion.sandbox.slack.conversation.Conversations;
import dev.bastion.sandbox.slack.conversation.ResponseUrls;
import dev.bastion.sandbox.slack.fault.SlackFaults;
import dev.bastion.sandbox.slack.model.AppIdentity;
import dev.bastion.sandbox.slack.model.AppManifest;
import dev.bastion.sandbox.slack.model.ChangeListeners;
import dev.bastion.sandbox.slack.model.Ids;
import dev.bastion.sandbox.slack.model.SlackTiming;
import dev.bastion.sandbox.slack.model.SlackTokens;
import dev.bastion.sandbox.slack.socket.Connections;
import dev.bastion.sandbox.slack.socket.SocketMode;
import dev.bastion.sandbox.slack.view.Views;
import java.time.InstantSource;

/** The state of a workspace: one instance of each part, wired together. */
public record WorkspaceState(
        AppIdentity app,
        SlackTokens tokens,
        AppManifest manifest,
        Ids ids,
        SlackUsers people,
        UserGroups userGroups,
        Conversations conversations,
        Views views,
        TriggerIds triggers,
        ResponseUrls responseUrls,
        Connections connections,
        SocketMode socketMode,
        SlackFaults faults,
        RateLimits limits,
        Transcript transcript,
        ChangeListeners feed) {
    public static WorkspaceState with(SlackTiming timing, AppManifest manifest, InstantSource clock) {
        AppIdentity app = AppIdentity.usual();
        Ids ids = new Ids(clock);
        Transcript transcript = new Transcript();
        ChangeListeners feed = new ChangeListeners();
        SlackFaults faults = new SlackFaults();
        Connections connections = new Connections(app, ids);
        return new WorkspaceState(
                app,
                SlackTokens.usual(),
                manifest,
                ids,
                new SlackUsers(),
                new UserGroups(),
                new Conversations(app, ids, transcript, feed),
                new Views(ids, feed),
                new TriggerIds(ids, timing.trigger()),
                new ResponseUrls(ids, timing.responseUrl()),
                connections,
                new SocketMode(connections, faults, timing, transcript),
                faults,
                new RateLimits(),
                transcript,
                feed);
    }
}
