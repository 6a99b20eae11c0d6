package dev.bastion.benchmarks.report;

/**
 * A published aim: what a benchmark's figure has to be, at the size that the subject names.
 *
 * @param name stable in JSON, like {@code request-median}
 * @param benchmark the name of the benchmark that measures it
 * @param subject what is measured, at which size
 */
public record Aim(String name, String benchmark, String subject, Target target) {}
