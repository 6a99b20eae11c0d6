/** The parts of a world that need neither terraform nor an emulator. */
package dev.bastion.sandbox.world;
