package dev.bastion.layout.state;

import dev.bastion.access.grant.EnvironmentName;

/**
 * The place of one environment's state, and where the code says so.
 *
 * @param environmentFile the path of the environment's file
 * @param file the path of the file with the backend's key
 * @param line of the key, from 1
 */
record StatePlace(EnvironmentName environment, String environmentFile, StateObject object, String file, int line) {
    /** The key, for people. */
    String at() {
        return file + ":" + line;
    }
}
