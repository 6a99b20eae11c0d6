package dev.bastion.apply;

import dev.bastion.apply.plan.PlanDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Plans of the bastion module by Terraform 1.11, as printed by {@code terraform show -json}, shortened. */
public final class Plans {
    private Plans() {}

    public static PlanDocument load(String name) {
        return PlanDocument.parse(text(name));
    }

    private static String text(String name) {
        try (InputStream stream =
                Objects.requireNonNull(Plans.class.getResourceAsStream("/plans/" + name + ".json"), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
