package dev.bastion.benchmarks.report;

/** The range in which a statistic lies with 95 % confidence, in the unit of its samples; both ends are samples. */
record Interval(long low, long high) {}
