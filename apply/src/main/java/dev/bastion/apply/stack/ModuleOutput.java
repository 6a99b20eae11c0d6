package dev.bastion.apply.stack;

/** A module's output. */
record ModuleOutput(String name, boolean sensitive) {}
