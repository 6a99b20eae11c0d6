package dev.bastion.slack.notify;

import com.slack.api.model.Message;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.state.LedgerSnapshot;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live messages that stay at "requested", because the process that posted them was killed before it had recorded the grant
 * or opened the pull request. They are searched for at start; otherwise their requesters would wait for ever.
 */
public final class UnrecordedRequests {
    private static final Logger LOG = LoggerFactory.getLogger(UnrecordedRequests.class);
    private static final Duration WINDOW = Duration.ofHours(12);
    /** A younger one may still be recorded, by this process or another. */
    static final Duration SETTLING = Duration.ofMinutes(2);

    private final SlackClient web;
    private final Outbox outbox;
    private final ChannelRoutes channels;
    private final GrantLedger ledger;
    private final ProposalRepository proposals;
    private final InstantSource clock;

    /** @param channel of the service's settings */
    public UnrecordedRequests(
            SlackClient web,
            Outbox outbox,
            String channel,
            GrantLedger ledger,
            ProposalRepository proposals,
            InstantSource clock) {
        this(web, outbox, new ChannelRoutes(channel, () -> ledger.lastSeen().channels()), ledger, proposals, clock);
    }

    private UnrecordedRequests(
            SlackClient web,
            Outbox outbox,
            ChannelRoutes channels,
            GrantLedger ledger,
            ProposalRepository proposals,
            InstantSource clock) {
        this.proposals = proposals;
        this.web = web;
        this.outbox = outbox;
        this.channels = channels;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** A live message, at any stage. */
    private record Live(AnnouncementRef message, MessageMetadata metadata, Instant postedAt) {
        boolean isRequested() {
            return metadata.stage().filter(DisplayedStage.REQUESTED::equals).isPresent();
        }
    }

    /** Tells the outbox, before the first request, that an earlier process may have shown it. */
    public void begin() {
        outbox.expectPast();
    }

    /**
     * Hands the outbox an edit of each. Where ledger or GitHub cannot be read nothing is known, and it throws.
     *
     * @return how long until the youngest of those left alone can be judged; empty when none is left
     */
    public Optional<Duration> review() {
        Instant now = clock.instant();
        List<Live> shown = shownSince(now.minus(WINDOW));
        learn(shown, now.minus(Outbox.REDELIVERED));
        List<Live> requested = shown.stream().filter(Live::isRequested).toList();
        // Ledger and GitHub are read after the channel: what was recorded before the channel was read is then in them.
        Set<RequestId> recorded = requested.isEmpty() ? Set.of() : recorded(now);
        List<Live> missing = requested.stream()
                .filter(request -> !recorded.contains(request.metadata().request()))
                .toList();
        Instant judged = now.minus(SETTLING);
        missing.stream()
                .filter(request -> !request.postedAt().isAfter(judged))
                .forEach(request -> attempt(request.message(), () -> {
                    requestFailed(request);
                    return Optional.empty();
                }));
        return missing.stream()
                .map(Live::postedAt)
                .filter(judged::isBefore)
                .max(Instant::compareTo)
                .map(youngest -> Duration.between(judged, youngest));
    }

    private void requestFailed(Live request) {
        MessageMetadata metadata = request.metadata();
        SlackMessage message = GrantMessage.notRecorded(
                metadata.request(), metadata.environment(), "it was not recorded; please request again");
        outbox.offer(new OutgoingMessage.FailedRequest(
                request.message(), metadata.request(), metadata.environment(), DisplayedStage.NOT_RECORDED, message));
        LOG.atWarn()
                .addKeyValue("request", metadata.request())
                .addKeyValue(
                        "environment",
                        metadata.environment().map(EnvironmentName::value).orElse(""))
                .addKeyValue("slack_message", request.message())
                .log("slack.request.unrecorded");
    }

    /** The oldest message of each request counts, as for a search. */
    private void learn(List<Live> shown, Instant oldest) {
        outbox.learnPast(shown.stream()
                .filter(live -> live.postedAt().isAfter(oldest))
                .collect(Collectors.toMap(
                        live -> live.metadata().request(),
                        live -> DisplayedMessage.found(live.message(), Optional.of(live.metadata())),
                        (_, older) -> older)));
    }

    private List<Live> shownSince(Instant oldest) {
        return channels.all().stream()
                .flatMap(channel -> web.oursSince(channel, oldest).stream()
                        .flatMap(message -> attempt(message.getTs(), () -> live(channel, message)).stream()))
                .toList();
    }

    private Optional<Live> live(String channel, Message message) {
        return MessageMetadata.of(message)
                .filter(metadata -> metadata.stage().isPresent())
                .map(metadata -> new Live(reference(channel, message), metadata, postedAt(message)));
    }

    /** One message that fails keeps no other from being judged. */
    private static <T> Optional<T> attempt(Object message, Supplier<Optional<T>> work) {
        try {
            return work.get();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("slack_message", message).setCause(e).log("slack.request.unreadable");
            return Optional.empty();
        }
    }

    private Set<RequestId> recorded(Instant now) {
        LedgerSnapshot snapshot = ledger.read();
        Stream<Grant> past = ledger.endedSince(now.minus(WINDOW)).stream().map(PastGrant::grant);
        Stream<RequestId> granted =
                Stream.concat(snapshot.openGrants().stream(), past).map(Grant::request);
        return Stream.concat(granted, proposed()).collect(Collectors.toSet());
    }

    /** The proposals that wait for approval, and those that ended recently, with or without a grant. */
    private Stream<RequestId> proposed() {
        return proposals.look().stream().map(snapshot -> snapshot.proposal().id());
    }

    private AnnouncementRef reference(String channel, Message message) {
        return new AnnouncementRef(channel + "/" + message.getTs());
    }

    /** The timestamp in Slack's name of the message. */
    private static Instant postedAt(Message message) {
        return Instant.ofEpochSecond((long) Double.parseDouble(message.getTs()));
    }
}
