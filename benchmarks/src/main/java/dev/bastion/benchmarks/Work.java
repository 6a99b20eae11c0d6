package dev.bastion.benchmarks;

/** What is timed. */
@FunctionalInterface
interface Work {
    void run() throws Exception;
}
