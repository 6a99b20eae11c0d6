package dev.bastion.benchmarks;

import static dev.bastion.benchmarks.report.Statistic.MAX;
import static dev.bastion.benchmarks.report.Statistic.MEDIAN;
import static dev.bastion.benchmarks.report.Statistic.MIN;
import static dev.bastion.benchmarks.report.Statistic.P99;

import dev.bastion.benchmarks.report.Aim;
import dev.bastion.benchmarks.report.Target;
import java.time.Duration;
import java.util.List;

/** The project's aims: the one place for their figures. Each is at the size {@code full}. */
final class Aims {
    static final String GIT_LOG = "git log --format=%(trailers)";
    static final String KEPT_CLONE = "git, a clone that is kept";
    static final String FRESH_CLONE = "git, a fresh shallow clone";
    static final String NO_PULL_REQUEST = "no pull request";
    static final String QUARTER = "a quarter of it";
    static final String OPEN_REWRITE = "rewrite-hcl";
    static final String WITHOUT_HOSTILE = "the same repository without them";
    static final String BEFORE_GRANTS = "before them";
    static final String TERRAFORM_FMT = "terraform fmt";

    private static final long MEBIBYTE = 1 << 20;
    private static final String LARGE = "request to push, 100,000 commits, 11,000 files, 2,000 environments, 200 open";

    static final Aim EDIT_BESIDE_PARSER =
            new Aim("edit-beside-parser", "hcl", "edit of a Terragrunt file", Target.timesFaster(1, OPEN_REWRITE));
    static final Aim EDIT_BESIDE_TERRAFORM =
            new Aim("edit-beside-terraform", "hcl", "edit of a Terragrunt file", Target.timesFaster(1, TERRAFORM_FMT));
    static final Aim HOSTILE_GROWTH = new Aim(
            "hostile-growth",
            "growth",
            "four times a text that is made to be read slowly",
            Target.atMostTimes(MIN, 8, QUARTER));
    static final Aim REQUEST_MEDIAN =
            new Aim("request-median", "ledger", LARGE, Target.under(MEDIAN, Duration.ofMillis(15)));
    static final Aim REQUEST_P99 = new Aim("request-p99", "ledger", LARGE, Target.under(P99, Duration.ofMillis(60)));
    static final Aim REQUEST_BESIDE_CLONE =
            new Aim("request-beside-clone", "ledger", LARGE, Target.timesFaster(1, KEPT_CLONE));
    static final Aim REQUEST_BESIDE_FRESH_CLONE =
            new Aim("request-beside-fresh-clone", "ledger", LARGE, Target.timesFaster(10, FRESH_CLONE));
    static final Aim REQUEST_ROUND_TRIPS = new Aim(
            "request-round-trips", "ledger", "round trips of a request over a link of 50 ms", Target.atMost(MAX, 3));
    static final Aim AUDIT = new Aim("audit", "audit", "all grants of 100,000 commits", Target.timesFaster(1, GIT_LOG));
    static final Aim AUDIT_MEMORY = new Aim(
            "audit-memory", "audit", "resident, all grants of 100,000 commits", Target.underBytes(MAX, 512 * MEBIBYTE));
    static final Aim WARM_START = new Aim(
            "warm-start",
            "open",
            "time of the processors of a start with 100,000 commits, 2,000 environments, 200 open",
            Target.under(MEDIAN, Duration.ofMillis(500)));
    static final Aim LONG_HISTORY = new Aim(
            "long-history",
            "long-history",
            "a start with 1,000,000 commits, 2,000 environments, 200 open",
            Target.under(MEDIAN, Duration.ofSeconds(5)));
    static final Aim LONG_HISTORY_MEMORY = new Aim(
            "long-history-memory",
            "long-history",
            "resident, the first and each later start with 1,000,000 commits",
            Target.underBytes(MAX, 768 * MEBIBYTE));
    static final Aim BURST = new Aim(
            "burst", "burst", "50 people at once, until the last is pushed", Target.under(P99, Duration.ofMillis(100)));
    static final Aim BUSY = new Aim(
            "busy",
            "busy",
            "of 100 requests beside 5 pushes a second, 50 ms away: not recorded within 5 s",
            Target.atMost(MAX, 0));
    static final Aim EXPIRY = new Aim(
            "expiry",
            "expiry",
            "from its end to its reversion, 10,000 grants end within a minute",
            Target.under(P99, Duration.ofSeconds(1)));
    static final Aim EXPIRY_AT_ONCE = new Aim(
            "expiry-at-once",
            "expiry",
            "from its end to its reversion, 10,000 grants end in one second",
            Target.under(P99, Duration.ofSeconds(2)));
    static final Aim MEMORY_WHILE = new Aim(
            "memory-while",
            "memory",
            "most resident, 10,000 grants end within a minute",
            Target.underBytes(MAX, 256 * MEBIBYTE));
    static final Aim MEMORY_AFTER = new Aim(
            "memory-after", "memory", "resident a minute after 10,000 grants", Target.underBytes(MAX, 256 * MEBIBYTE));
    static final Aim MEMORY_GIVEN_BACK = new Aim(
            "memory-given-back",
            "memory",
            "resident a minute after 10,000 grants",
            Target.atMostTimes(MAX, 1.5, BEFORE_GRANTS));
    static final Aim BESIDE_PULL_REQUESTS = new Aim(
            "beside-pull-requests",
            "bulkhead",
            "a reversion while hostile pull requests are read",
            Target.atMostTimes(MEDIAN, 2, NO_PULL_REQUEST));
    static final Aim HOSTILE_READ = new Aim(
            "hostile-read",
            "hostile",
            "a start with a new clone of a hostile repository",
            Target.atMostTimes(MEDIAN, 3, WITHOUT_HOSTILE));
    static final Aim HOSTILE_MEMORY = new Aim(
            "hostile-memory",
            "hostile",
            "most resident, a start with a new clone of a hostile repository",
            Target.underBytes(MAX, 256 * MEBIBYTE));
    static final Aim COMMANDS = new Aim(
            "commands",
            "commands",
            "command to acknowledgement, 200 a second, while 1,000 grants expire beside a hostile pull request",
            Target.under(P99, Duration.ofMillis(50)));
    static final Aim OPENING_IAM = new Aim("opening-iam", "apply", "an opening's writes to IAM", Target.atMost(MAX, 0));
    static final Aim CLOSING_IAM = new Aim("closing-iam", "apply", "a closing's writes to IAM", Target.atMost(MAX, 0));
    static final Aim START =
            new Aim("start", "start", "start to ready, from the image", Target.under(MEDIAN, Duration.ofSeconds(1)));
    static final Aim START_MEMORY =
            new Aim("start-memory", "start", "resident, idle, from the image", Target.underBytes(MAX, 200_000_000));
    static final Aim IDLE_FETCHES =
            new Aim("idle-fetches", "idle", "git connections a minute, one grant open", Target.atMost(MAX, 6));
    static final Aim IDLE_CALLS = new Aim(
            "idle-calls",
            "idle",
            "calls to GitHub's API a minute, one grant and 200 pull requests open",
            Target.atMost(MAX, 30));

    private Aims() {}

    /** Every aim, in the order of the report. */
    static List<Aim> all() {
        return List.of(
                REQUEST_MEDIAN,
                REQUEST_P99,
                REQUEST_BESIDE_CLONE,
                REQUEST_BESIDE_FRESH_CLONE,
                REQUEST_ROUND_TRIPS,
                WARM_START,
                LONG_HISTORY,
                LONG_HISTORY_MEMORY,
                BUSY,
                EXPIRY,
                EXPIRY_AT_ONCE,
                MEMORY_WHILE,
                MEMORY_AFTER,
                MEMORY_GIVEN_BACK,
                BURST,
                IDLE_FETCHES,
                IDLE_CALLS,
                START,
                START_MEMORY,
                HOSTILE_GROWTH,
                HOSTILE_READ,
                HOSTILE_MEMORY,
                BESIDE_PULL_REQUESTS,
                COMMANDS,
                AUDIT,
                AUDIT_MEMORY,
                EDIT_BESIDE_PARSER,
                EDIT_BESIDE_TERRAFORM,
                OPENING_IAM,
                CLOSING_IAM);
    }
}
