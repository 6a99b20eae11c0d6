package dev.bastion.apply;

/** An output of a module, and whether it must not be shown. */
record ModuleOutput(String name, boolean sensitive) {}
