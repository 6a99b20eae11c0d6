package dev.bastion.slack.home;

import com.slack.api.model.view.View;
import dev.bastion.access.ReportStatus;
import dev.bastion.access.fault.LedgerNotRead;
import dev.bastion.slack.command.Identity;
import dev.bastion.slack.command.UserDirectory;
import dev.bastion.slack.message.ErrorText;
import dev.bastion.slack.waiting.WaitingList;
import dev.bastion.slack.waiting.WaitingMessages;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The publisher of App Home: when a person opens it, and after what it shows has changed, for an hour and at most every
 * five seconds for each person. Without the Home tab or its event nothing is published, and everything else works.
 */
public final class HomePublisher {
    private static final Logger LOG = LoggerFactory.getLogger(HomePublisher.class);

    private final SlackClient web;
    private final UserDirectory users;
    private final ReportCache reports;
    private final InstantSource clock;
    private final WaitingList waiting;
    private final AtomicLong waitingShown = new AtomicLong();
    private final Viewers viewers = new Viewers();

    public HomePublisher(
            SlackClient web, UserDirectory users, ReportStatus status, WaitingList waiting, InstantSource clock) {
        this.waiting = waiting;
        this.web = web;
        this.users = users;
        this.reports = new ReportCache(status, clock);
        this.clock = clock;
    }

    /** The person opened App Home. Never throws. */
    public void opened(String user) {
        viewers.opened(user, clock.instant());
        publish(user);
    }

    /** Publishes what has changed; to be called every few seconds. Never throws. */
    public void refresh() {
        if (viewers.isEmpty()) {
            return;
        }
        long waits = waiting.version();
        boolean areWaitsOutdated = waitingShown.getAndSet(waits) != waits;
        boolean isOutdated = isOutdated() || areWaitsOutdated;
        viewers.all(!isOutdated, clock.instant()).forEach(this::publish);
    }

    private boolean isOutdated() {
        try {
            return reports.isOutdated();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("slack.home.unread");
            return true;
        }
    }

    private void publish(String user) {
        try {
            View view = view(user);
            if (viewers.claim(user, view, clock.instant())) {
                web.publishHome(user, view);
                viewers.published(user, view);
            }
        } catch (SlackFailure e) {
            failed(user, e);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("user", user).setCause(e).log("slack.home.failed");
        }
    }

    private void failed(String user, SlackFailure failure) {
        LOG.atWarn()
                .addKeyValue("user", user)
                .addKeyValue("reason", failure.getMessage())
                .log("slack.home.unpublished");
        if (failure.canBeRetried()) {
            viewers.failed(user);
        } else {
            viewers.forget(user);
        }
    }

    private View view(String user) {
        return switch (users.identify(user)) {
            case Identity.Member(var person, var _) -> {
                try {
                    yield HomeView.of(reports.current(), person, WaitingMessages.list(waiting.of(person)));
                } catch (LedgerNotRead e) {
                    yield HomeView.of(ErrorText.ledgerNotRead(e.fault()));
                }
            }
            case Identity.Outsider(var why) -> HomeView.of(ErrorText.outsider(why));
            case Identity.Unknown(var fault) -> HomeView.of(ErrorText.unknownPerson(fault));
        };
    }
}
