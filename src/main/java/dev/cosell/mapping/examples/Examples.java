package dev.cosell.mapping.examples;

import dev.cosell.mapping.CrmMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Deals that a mapping is tried with, each of them a folder; nothing is called and nothing written. */
public final class Examples {
    private final Path folder;

    /**
     * One example.
     *
     * @param differences what the mapping makes of it in another way than its files say; empty when all is as they say
     */
    public record Outcome(String example, List<String> differences) {}

    /** @param folder with a folder for each example; may be missing */
    public Examples(Path folder) {
        this.folder = folder;
    }

    /** @param leadDocument what the lead tables are shown of a referral */
    public List<Outcome> run(CrmMapping mapping, UnaryOperator<Map<String, Object>> leadDocument) {
        return examples().stream().map(example -> new Outcome(example.name(), tried(example, mapping, leadDocument)))
                .toList();
    }

    private static List<String> tried(Example example, CrmMapping mapping,
            UnaryOperator<Map<String, Object>> leadDocument) {
        try {
            return example.has(Example.LEAD) ? new LeadTrial(example, mapping.lead(), leadDocument).differences()
                    : new DealTrial(example, mapping).differences();
        } catch (Example.Unreadable unreadable) {
            return List.of(unreadable.getMessage());
        }
    }

    private List<Example> examples() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory).sorted().map(Example::new).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
