package dev.bastion.apply.stack;

/** An output of a module, and whether it must not be shown. */
record ModuleOutput(String name, boolean sensitive) {}
