package dev.bastion.slack.notify;

import com.slack.api.model.Message;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.slack.message.GrantMessage;
import dev.bastion.slack.web.DisplayedStage;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that say "requested" and will never say more, because the process that posted them was killed before it had
 * written the grant down, or put it before others. Looked for at start; whoever asked would otherwise wait for ever.
 */
public final class UnrecordedRequests {
    private static final Logger LOG = LoggerFactory.getLogger(UnrecordedRequests.class);
    private static final Duration MEMORY = Duration.ofHours(12);
    /** A younger one may still be on its way into the ledger, through this process or another. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SlackClient web;
    private final String channel;
    private final GrantLedger ledger;
    private final Optional<ProposalRepository> proposals;
    private final InstantSource clock;

    /** @param proposals where requests wait for approval; empty when there is no forge */
    public UnrecordedRequests(
            SlackClient web,
            String channel,
            GrantLedger ledger,
            Optional<ProposalRepository> proposals,
            InstantSource clock) {
        this.proposals = proposals;
        this.web = web;
        this.channel = channel;
        this.ledger = ledger;
        this.clock = clock;
    }

    private record Requested(AnnouncementRef message, MessageMetadata metadata, Instant postedAt) {}

    /**
     * Edits those that came to nothing. Where ledger or forge cannot be read, nobody knows, and it throws.
     *
     * @return how long until the youngest of those left alone can be judged; empty when none is left
     */
    public Optional<Duration> review() {
        Instant now = clock.instant();
        List<Requested> requested = requestedSince(now.minus(MEMORY));
        // Ledger and forge are read after the channel: what was recorded before we looked is then surely there.
        Set<RequestId> recorded = requested.isEmpty() ? Set.of() : recorded(now);
        List<Requested> missing = requested.stream()
                .filter(request -> !recorded.contains(request.metadata().request()))
                .toList();
        Instant judged = now.minus(PATIENCE);
        missing.stream().filter(request -> !request.postedAt().isAfter(judged)).forEach(this::requestFailed);
        return missing.stream()
                .map(Requested::postedAt)
                .filter(judged::isBefore)
                .max(Instant::compareTo)
                .map(youngest -> Duration.between(judged, youngest));
    }

    private void requestFailed(Requested request) {
        MessageMetadata metadata = request.metadata();
        SlackMessage card = GrantMessage.notRecorded(
                metadata.request(), metadata.environment(), "it was never written down, please ask again");
        MessageMetadata now = new MessageMetadata(
                metadata.request(), metadata.environment(), Optional.of(DisplayedStage.NOT_RECORDED), Optional.empty());
        web.edit(request.message(), card, now);
        LOG.warn("slack.request.unrecorded request={} message={}", metadata.request(), request.message());
    }

    private List<Requested> requestedSince(Instant oldest) {
        return web.oursSince(channel, oldest).stream()
                .flatMap(message -> MessageMetadata.of(message).stream()
                        .filter(metadata -> metadata.stage()
                                .filter(DisplayedStage.REQUESTED::equals)
                                .isPresent())
                        .map(metadata -> new Requested(reference(message), metadata, postedAt(message))))
                .toList();
    }

    private Set<RequestId> recorded(Instant now) {
        LedgerSnapshot snapshot = ledger.read();
        Stream<Grant> past = ledger.endedSince(now.minus(MEMORY)).stream().map(PastGrant::grant);
        Stream<RequestId> granted =
                Stream.concat(snapshot.openGrants().stream(), past).map(Grant::request);
        return Stream.concat(granted, proposed()).collect(Collectors.toSet());
    }

    /** What waits for approval, and what has ended there lately, with or without a grant. */
    private Stream<RequestId> proposed() {
        return proposals.stream()
                .flatMap(others ->
                        others.look().stream().map(seen -> seen.proposal().id()));
    }

    private AnnouncementRef reference(Message message) {
        return new AnnouncementRef(channel + "/" + message.getTs());
    }

    /** Slack's names of messages are the seconds at which they were posted. */
    private static Instant postedAt(Message message) {
        return Instant.ofEpochSecond((long) Double.parseDouble(message.getTs()));
    }
}
