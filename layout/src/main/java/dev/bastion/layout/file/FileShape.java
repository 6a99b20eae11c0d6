package dev.bastion.layout.file;

import dev.bastion.hcl.model.HclPath;
import java.util.Arrays;
import java.util.Optional;

/** The shapes of environment files. The file's name alone decides, because the tools read files by their names. */
public enum FileShape {
    /** A Terragrunt unit: the values are in {@code inputs}. */
    UNIT("inputs") {
        @Override
        boolean hasName(String name) {
            return name.equals("terragrunt.hcl");
        }

        @Override
        boolean allows(Optional<HclPath> object) {
            return object.equals(usual());
        }
    },
    /** A Terragrunt stack: the values are in {@code values} of one of its units. */
    STACK("unit[\"bastion\"].values") {
        @Override
        boolean hasName(String name) {
            return name.equals("terragrunt.stack.hcl");
        }

        @Override
        boolean allows(Optional<HclPath> object) {
            return object.map(HclPath::steps)
                    .filter(steps -> steps.size() == 3)
                    .filter(steps ->
                            steps.getFirst().equals("unit") && steps.getLast().equals("values"))
                    .isPresent();
        }
    },
    /** A root module of Terraform or OpenTofu: the values are at the top of a file that both read by themselves. */
    ROOT_MODULE("") {
        @Override
        boolean hasName(String name) {
            return name.equals("terraform.tfvars") || (name.endsWith(".auto.tfvars") && !name.startsWith("."));
        }

        @Override
        boolean allows(Optional<HclPath> object) {
            return object.isEmpty();
        }
    };

    private final String place;

    FileShape(String place) {
        this.place = place;
    }

    abstract boolean hasName(String name);

    abstract boolean allows(Optional<HclPath> object);

    /** The object that has the values if {@code ledger.yaml} does not say otherwise; empty for the top of the file. */
    public Optional<HclPath> usual() {
        return Optional.of(place).filter(text -> !text.isEmpty()).map(HclPath::of);
    }

    /** The same as {@code ledger.yaml} has it. */
    public String place() {
        return place;
    }

    /** The shape of a file; empty when no tool reads a file of this name by itself. */
    public static Optional<FileShape> of(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return Arrays.stream(values()).filter(shape -> shape.hasName(name)).findFirst();
    }
}
