package dev.bastion.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.BastionObservation.Condition;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.port.BastionMonitor;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.github.PullRequestReview;
import dev.bastion.github.PullRequests;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.simulation.model.Violation.Rule;
import dev.bastion.simulation.service.Parts;
import dev.bastion.simulation.world.FileValues;
import dev.bastion.simulation.world.Ledger;
import dev.bastion.simulation.world.World;
import dev.bastion.slack.web.DisplayedStage;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackMessage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The defects that are planted one at a time, each with the rule that it breaks. */
enum Defect implements Parts {
    AN_ENTRY_IS_NOT_WRITTEN(Rule.NOTHING_LOST, 23, 1) {
        @Override
        public GrantLedger ledger(GrantLedger ledger, World world) {
            return recording(
                    ledger,
                    (change, target) -> change instanceof LedgerChange.Open open
                            ? new RecordResult.Recorded(target.lastSeen().head(), opened(open, target), false)
                            : target.record(change));
        }
    },
    AN_ENTRY_IS_WRITTEN_TWICE(Rule.NOTHING_DOUBLED, 23, 1) {
        @Override
        public GrantLedger ledger(GrantLedger ledger, World world) {
            return recording(ledger, (change, target) -> {
                RecordResult result = target.record(change);
                if (change instanceof LedgerChange.Open
                        && result instanceof RecordResult.Recorded(var commit, var _, var _)) {
                    String path = Ledger.path(change.environment().value());
                    String message = world.git()
                            .newest(commit.value(), _ -> true)
                            .orElseThrow()
                            .message();
                    world.pushAsService(message, Map.of(path, world.file(path).map(file -> "#\n" + file)));
                }
                return result;
            });
        }
    },
    AN_END_IS_FORGOTTEN(Rule.ENDS_ON_TIME, 3600, 2) {
        @Override
        public GrantLedger ledger(GrantLedger ledger, World world) {
            return recording(
                    ledger,
                    (change, target) -> change instanceof LedgerChange.Close(var _, End.Expired _, var _)
                            ? new RecordResult.Conflict(new EnvironmentState.Closed(change.environment()))
                            : target.record(change));
        }
    },
    A_REVERSION_LEAVES_A_BYTE(Rule.BYTE_FOR_BYTE, 3600, 2) {
        @Override
        public GrantLedger ledger(GrantLedger ledger, World world) {
            return recording(ledger, (change, target) -> {
                String path = Ledger.path(change.environment().value());
                Optional<String> file = world.file(path);
                if (change instanceof LedgerChange.Close(Grant grant, var _, var _) && file.isPresent()) {
                    String closed = FileValues.edited(file.get(), 0, "", "", "", "") + "\n";
                    String message = """
                        bastion: closed

                        Bastion-Action: expire
                        Bastion-Request-Id: %s
                        """.formatted(grant.request());
                    world.pushAsService(message, Map.of(path, Optional.of(closed)));
                    target.read();
                }
                return target.record(change);
            });
        }
    },
    APPROVALS_ARE_NOT_ASKED_FOR(Rule.POLICY_HOLDS, 17, 1) {
        @Override
        public PolicyDocuments policy(PolicyDocuments documents) {
            return with(documents, "prod/orders: {approvals: 1}", "prod/orders: {approvals: 0}");
        }
    },
    EVERYONE_MAY_REQUEST(Rule.POLICY_HOLDS, 120, 1) {
        @Override
        public PolicyDocuments policy(PolicyDocuments documents) {
            return with(documents, "may_request: [group:developers]", "may_request: [everyone]");
        }
    },
    A_REVIEW_IS_INVENTED(Rule.POLICY_HOLDS, 28, 2) {
        @Override
        public PullRequests forge(PullRequests forge) {
            return instead(PullRequests.class, forge, "reviews", (given, target) -> {
                int number = (Integer) given[0];
                return target.read(number).stream()
                        .map(pull -> new PullRequestReview(
                                99, "maxm", PullRequestReview.State.APPROVED, pull.head(), pull.updatedAt()))
                        .toList();
            });
        }
    },
    GONE_IS_SHOWN_EARLY(Rule.GONE_IS_LAST, 3600, 2) {
        @Override
        public BastionMonitor bastions(BastionMonitor monitor) {
            return () -> monitor.look().stream()
                    .filter(bastion -> bastion.condition() != Condition.LEAVING)
                    .toList();
        }
    },
    AN_ALARM_IS_NOT_RAISED(Rule.ALARMED, 18_255, 2) {
        @Override
        public Notifier notifier(Notifier notifier, SlackClient web) {
            return instead(Notifier.class, notifier, "openWithoutApproval", (_, _) -> null);
        }
    },
    A_MESSAGE_IS_POSTED_TWICE(Rule.TOLD_ONCE, 23, 1) {
        @Override
        public Notifier notifier(Notifier notifier, SlackClient web) {
            return instead(Notifier.class, notifier, "requested", (given, target) -> {
                LedgerChange.Open change = (LedgerChange.Open) given[0];
                Optional<AnnouncementRef> first = target.requested(change);
                web.post(
                        SlackWorkspace.CHANNEL,
                        SlackMessage.of("again"),
                        MessageMetadata.of(
                                change.request().id(), Optional.of(change.environment()), DisplayedStage.REQUESTED));
                return first;
            });
        }
    },
    A_FAILURE_IS_NO_FAULT(Rule.NO_UNEXPECTED_FAILURE, 23, 1) {
        @Override
        public GrantLedger ledger(GrantLedger ledger, World world) {
            return recording(ledger, (_, _) -> {
                throw new IllegalStateException("planted");
            });
        }
    },
    THE_END_IS_NOT_SHOWN(Rule.TOLD, 3600, 2) {
        @Override
        public Notifier notifier(Notifier notifier, SlackClient web) {
            return instead(Notifier.class, notifier, "show", (given, target) -> {
                if (given[0] instanceof GrantStatus status && !(status.stage() instanceof GrantStage.Gone)) {
                    target.show(status);
                }
                return null;
            });
        }
    },
    AN_INSTANCE_IS_NOT_TERMINATED(Rule.NO_INSTANCE_STAYS, 280, 1) {
        @Override
        public BastionTerminator terminator(BastionTerminator terminator) {
            return _ -> true;
        }
    };

    private final Rule rule;
    private final long seed;
    private final int operations;

    /**
     * @param seed of a history that is short and shows it
     * @param operations the length of the history
     */
    Defect(Rule rule, long seed, int operations) {
        this.rule = rule;
        this.seed = seed;
        this.operations = operations;
    }

    /** The history that shows it. */
    List<Operation> history() {
        return Operation.of(seed, operations);
    }

    /** The rule that it breaks. */
    Rule rule() {
        return rule;
    }

    private static Grant opened(LedgerChange.Open open, GrantLedger ledger) {
        return new Grant(
                open.environment(),
                open.request().id(),
                open.request().requester(),
                open.request().reason(),
                open.createdAt(),
                open.expiresAt(),
                ledger.lastSeen().head(),
                Optional.empty(),
                new ApprovalBasis.ByPolicy(),
                false);
    }

    private static PolicyDocuments with(PolicyDocuments documents, String text, String other) {
        return new PolicyDocuments(
                documents
                        .accessPolicy()
                        .map(policy ->
                                new String(policy, UTF_8).replace(text, other).getBytes(UTF_8)),
                documents.people(),
                documents.ledger());
    }

    private static GrantLedger recording(
            GrantLedger ledger, BiFunction<LedgerChange, GrantLedger, RecordResult> record) {
        return instead(
                GrantLedger.class, ledger, "record", (given, target) -> record.apply((LedgerChange) given[0], target));
    }

    /** The port with another way to answer one of its methods. */
    private static <T> T instead(
            Class<T> port, T target, String name, BiFunction<Object[], T, @Nullable Object> answer) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (_, method, given) -> {
            if (method.getName().equals(name)) {
                return answer.apply(given, target);
            }
            try {
                return method.invoke(target, given);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }));
    }
}
