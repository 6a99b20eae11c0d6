package dev.bastion.apply.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerraformEventsTest {
    private final List<String> lines = new ArrayList<>();
    private final TerraformEvents events = new TerraformEvents(lines::add, false);

    @Test
    void eachResourceEventPrintsOneLine() {
        accept("""
                {"@level":"info","@message":"Terraform 1.11.4","type":"version"}
                {"@level":"info","@message":"a.x: Refreshing state... [id=1]","type":"refresh_start"}
                {"@level":"info","@message":"data.b.y: Refreshing...","type":"apply_start","hook":{"action":"read"}}
                {"@level":"info","@message":"a.x: Plan to create","type":"planned_change","change":{"resource":{"addr":"a.x"},"action":"create"}}
                {"@level":"info","@message":"a.x: Creating...","type":"apply_start","hook":{"action":"create"}}
                {"@level":"info","@message":"a.x: Still creating... [10s elapsed]","type":"apply_progress","hook":{"action":"create"}}
                {"@level":"info","@message":"a.x: Creation complete after 12s [id=1]","type":"apply_complete","hook":{"action":"create"}}
                {"@level":"info","@message":"Acquiring state lock. This may take a few moments...","type":"state_lock_acquire"}
                """);
        assertThat(lines)
                .containsExactly(
                        "  to create a.x",
                        "  a.x: Creating...",
                        "  a.x: Still creating... [10s elapsed]",
                        "  a.x: Creation complete after 12s [id=1]",
                        "  waiting for the state lock");
    }

    @Test
    void anErrorIsPrintedAndKeptComplete() {
        accept("""
                {"@level":"error","@message":"Error: No","type":"diagnostic","diagnostic":{"severity":"error","summary":"No such group","detail":"first line\\nsecond line","address":"a.x","range":{"filename":"main.tf","start":{"line":7}}}}
                {"@level":"warn","@message":"Warning: Old","type":"diagnostic","diagnostic":{"severity":"warning","summary":"Old","detail":"write new"}}
                """);
        assertThat(events.errors()).containsExactly("No such group (a.x) at main.tf:7. first line second line");
        assertThat(lines)
                .containsExactly(
                        "  error: No such group (a.x) at main.tf:7. first line second line",
                        "  warning: Old. write new");
    }

    @Test
    void sensitiveOutputsAreLeftOut() {
        accept("""
                {"type":"outputs","outputs":{"id":{"sensitive":false,"type":"string","value":"i-1"},"password":{"sensitive":true,"type":"string","value":"secret"},"planned":{"sensitive":false,"action":"create"}}}
                """);
        assertThat(events.outputs()).containsOnlyKeys("id");
    }

    @Test
    void aLineThatIsNoEventIsPrintedWithoutControlCharacters() {
        events.accept("\u001b[31mpanic\u001b[0m\u202e \t of a provider");
        events.acceptError("exit status 1");
        assertThat(lines).containsExactly("  [31mpanic [0m of a provider", "  exit status 1");
        assertThat(events.errors()).containsExactly("exit status 1");
    }

    private void accept(String lines) {
        lines.lines().forEach(events::accept);
    }
}
