package dev.bastion.app.config;

import java.util.Optional;

/**
 * A secret among the settings: by itself ({@code slack.bot_token}, {@code BASTION_SLACK_BOT_TOKEN}) or by the path of its
 * file ({@code slack.bot_token_file}, {@code BASTION_SLACK_BOT_TOKEN_FILE}). A variable of either form overrides the
 * settings file.
 */
final class GivenSecret {
    private GivenSecret() {}

    static String fileKey(String key) {
        return key + "_file";
    }

    static boolean isGiven(SettingsSection section, String key) {
        return section.override(key).isPresent()
                || section.override(fileKey(key)).isPresent()
                || section.has(key)
                || section.has(fileKey(key));
    }

    static Optional<Secret> of(SettingsSection section, String key, SettingType<Secret> type) {
        Optional<String> variable = section.override(key);
        Optional<String> variableFile = section.override(fileKey(key));
        Optional<String> written = section.written(key, type);
        Optional<String> writtenFile = section.written(fileKey(key), SettingType.TEXT);
        return variable.isPresent() || variableFile.isPresent()
                ? one(section, key, type, variable, variableFile)
                : one(section, key, type, written, writtenFile);
    }

    private static Optional<Secret> one(
            SettingsSection section,
            String key,
            SettingType<Secret> type,
            Optional<String> itself,
            Optional<String> file) {
        if (itself.isPresent() && file.isPresent()) {
            section.problem(key, "is given, and " + section.pathOf(fileKey(key)) + ", too; remove one of them");
            return Optional.empty();
        }
        return itself.isPresent()
                ? section.parse(key, itself.get(), type)
                : file.flatMap(path -> ofFile(section, key, type, path));
    }

    private static Optional<Secret> ofFile(SettingsSection section, String key, SettingType<Secret> type, String path) {
        SettingType<Secret> inFile = new SettingType<>(
                "the path of a file",
                "/run/secrets/" + key,
                name -> type.parse().apply(SecretFile.read(name)));
        Optional<Secret> secret = section.parse(fileKey(key), path, inFile);
        warnIfReadable(section, fileKey(key), path);
        return secret;
    }

    /** Adds a remark when every user of this machine may read the file of a secret. */
    static void warnIfReadable(SettingsSection section, String key, String path) {
        if (SecretFile.isWorldReadable(path)) {
            section.remark(
                    key,
                    "is " + path + ", which every user of this machine can read; take that away: chmod o-r " + path);
        }
    }
}
