package dev.bastion.cli.audit;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A question of an audit as a command: the options that every one has, and the exit code of its answer. */
abstract class AuditQuestion implements Callable<Integer> {
    private final InstantSource clock;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    LedgerOptions ledger = new LedgerOptions();

    @Mixin
    FormatOptions format = new FormatOptions();

    AuditQuestion(InstantSource clock) {
        this.clock = clock;
    }

    /** The time of the question. */
    final Instant now() {
        return clock.instant();
    }

    @Override
    public Integer call() {
        return Answer.give(spec, this::answer);
    }

    /** Writes the answer; says whether it has a finding. */
    abstract boolean answer(PrintWriter out, PrintWriter errors);
}
