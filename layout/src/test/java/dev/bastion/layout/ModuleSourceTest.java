package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleSourceTest {
    @ParameterizedTest
    @CsvSource({
        "${get_repo_root()}/terraform-modules//bastion, terraform-modules, terraform-modules/bastion",
        "${get_repo_root()}/modules/bastion, modules/bastion, modules/bastion",
        "git::https://example.com/infra.git//modules/bastion?ref=v1.4.0, , modules/bastion",
        "git::https://example.com/infra.git//modules/bastion, , modules/bastion",
        "git::https://example.com/bastion.git?ref=a/b?c, , example.com/bastion.git",
        "bastion, , bastion",
    })
    void theModuleHasAPackageInTheRepositoryAndAShortPath(String address, String directory, String shortPath) {
        ModuleSource source = new ModuleSource(address);
        assertThat(source.packageDirectory().orElse(null)).isEqualTo(directory);
        assertThat(source.shortPath()).isEqualTo(shortPath);
    }
}
