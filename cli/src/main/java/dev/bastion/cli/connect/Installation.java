package dev.bastion.cli.connect;

import java.util.Locale;

/** How to install what people's machines may lack. */
final class Installation {
    private static final String PLUGIN_PAGE =
            "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html";
    private static final String PLUGIN_FILES = "https://s3.amazonaws.com/session-manager-downloads/plugin/latest/";

    private final boolean isMac;
    private final boolean isArm;

    /**
     * For a machine as Java's system properties name it.
     *
     * @param system the property {@code os.name}
     * @param machine the property {@code os.arch}
     */
    Installation(String system, String machine) {
        this.isMac = system.toLowerCase(Locale.ROOT).contains("mac");
        this.isArm = machine.equals("aarch64") || machine.equals("arm64");
    }

    static Installation ofThisMachine() {
        return new Installation(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    String plugin() {
        if (isMac) {
            return "run `brew install --cask session-manager-plugin` (" + PLUGIN_PAGE + ")";
        }
        String file = PLUGIN_FILES + (isArm ? "ubuntu_arm64" : "ubuntu_64bit") + "/session-manager-plugin.deb";
        return "run `curl -fsSo smp.deb " + file + " && sudo dpkg -i smp.deb`, or the .rpm of " + PLUGIN_PAGE;
    }

    String psql() {
        return isMac
                ? "run `brew install libpq && brew link --force libpq`"
                : "run `sudo apt-get install postgresql-client`, or your system's package of that client";
    }

    String mysql() {
        return isMac
                ? "run `brew install mysql-client && brew link --force mysql-client`"
                : "run `sudo apt-get install default-mysql-client`, or your system's package of that client";
    }
}
