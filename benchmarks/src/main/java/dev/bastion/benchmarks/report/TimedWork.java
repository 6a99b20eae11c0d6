package dev.bastion.benchmarks.report;

/** The work that is timed. */
@FunctionalInterface
public interface TimedWork {
    void run() throws Exception;
}
