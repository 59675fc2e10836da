package dev.cosell.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.stories.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** How editors write files: in pieces, by renaming, or not at all. */
class EditorReloadTest extends LiveEdits {
    /** So few characters at a time that writing a mapping takes several looks. */
    private static final int PIECE = 300;

    /** Many editors write a new file and rename it over the old one. */
    @Test
    void a_file_that_is_replaced_by_rename_comes_into_force() throws IOException {
        String before = description("reconcile");
        Path fresh = Files.writeString(routes.resolve(".sync.camel.yaml.swp"), read(file("sync.camel.yaml"))
                .replace(RECONCILES, "Renamed, branches"));
        Files.move(fresh, file("sync.camel.yaml"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        eventuallyDescribed("reconcile", before.replace(RECONCILES, "Renamed, branches"));
        syncs();
    }

    /** Others empty the file and write it piece by piece: no piece alone may come into force. */
    @Test
    void a_file_that_is_written_in_pieces_comes_into_force_as_a_whole() throws IOException {
        String shipped = read(file(MAPPING));
        String text = shipped.replace(DESCRIPTION, DESCRIPTION.replace("text(32000)", "text(9)"));
        CheckedReload reload = world.camel().hasService(CheckedReload.class);
        boolean heldUp = false;
        long before = System.nanoTime();
        Files.writeString(file(MAPPING), "");
        for (int at = 0; at < text.length(); at += PIECE) {
            long begun = System.nanoTime();
            Files.writeString(file(MAPPING), text.substring(at, Math.min(text.length(), at + PIECE)),
                    StandardOpenOption.APPEND);
            World.pause(40);
            String inForce = reload.inForce(MAPPING);
            String error = operations.getMappingError();
            // What stays as it is from one look to the next counts as saved, on a machine that stands still, too.
            heldUp |= System.nanoTime() - before >= CheckedReload.INTERVAL_MILLIS * 1_000_000;
            before = begun;
            if (!heldUp) {
                assertThat(inForce).as("in force after %s of %s characters", at + PIECE, text.length())
                        .isEqualTo(shipped);
                assertThat(error).as("after %s of %s characters", at + PIECE, text.length()).isEmpty();
            }
        }
        world.eventually(() -> assertThat(descriptionOfNewDeal("a rather long note")).startsWith("a rath")
                .hasSizeLessThanOrEqualTo(9));
        noError();
    }

    /** From then on no edit of any file was taken over, and nothing said so. */
    @Test
    void a_file_that_is_not_utf_8_is_named_and_the_others_are_taken_over() throws IOException {
        String shipped = read(file(MAPPING));
        Files.write(file(MAPPING), ("# für Köln\n" + shipped).getBytes(StandardCharsets.ISO_8859_1));
        error(MAPPING, "is not UTF-8");
        String before = description("reconcile");
        edit("sync.camel.yaml", RECONCILES, "Edited, branches");
        eventuallyDescribed("reconcile", before.replace(RECONCILES, "Edited, branches"));
        assertThat(operations.getMappingError()).contains(MAPPING, "is not UTF-8");
        write(file(MAPPING), "# für Köln\n" + shipped);
        noError();
        syncs();
    }

    @Test
    void a_file_that_is_gone_leaves_its_routes() throws IOException {
        Files.delete(file("sync.camel.yaml"));
        edit("leads.camel.yaml", "Reads the CRM's lead", "Edited. Reads the CRM's lead");
        world.eventually(() -> assertThat(description("lead")).as("a later edit, so the deletion was seen")
                .startsWith("Edited. Reads"));
        syncs();
        assertThat(world.camel().getRoute("hint")).isNotNull();
        write(file("sync.camel.yaml"),
                read(Path.of("routes/sync.camel.yaml")).replace("ends when it is on disk", "Back"));
        eventuallyDescribed("hint",
                "Puts a hint (\"look at this record\") on the queue of every CRM it concerns; Back.");
    }

    /** The fault stayed until a restart, although the copy was deleted as the fault advises. */
    @Test
    void a_refused_copy_that_is_deleted_is_no_fault_any_more() throws IOException {
        Path copy = file("sync-old.camel.yaml");
        Files.copy(file("sync.camel.yaml"), copy);
        error("sync-old.camel.yaml", "more than once", "Keep one of each");
        Files.delete(copy);
        noError();
        syncs();
    }

    /** It stayed refused as if the other one were still there. */
    @Test
    void a_refused_copy_takes_the_place_of_the_file_that_is_deleted_instead() throws IOException {
        String shipped = read(file("sync.camel.yaml"));
        Files.copy(file("sync.camel.yaml"), file("own-sync.camel.yaml"));
        error("own-sync.camel.yaml", "more than once", "Keep one of each");
        Files.delete(file("sync.camel.yaml"));
        noError();
        CheckedReload reload = world.camel().hasService(CheckedReload.class);
        world.eventually(() -> assertThat(reload.textsInForce()).containsEntry("own-sync.camel.yaml", shipped)
                .doesNotContainKey("sync.camel.yaml"));
        syncs();
        Files.move(file("own-sync.camel.yaml"), file("sync.camel.yaml"));
        world.eventually(() -> assertThat(reload.textsInForce()).doesNotContainKey("own-sync.camel.yaml"));
    }

    /** It waited for a restart. */
    @Test
    void a_file_with_a_new_name_takes_the_place_of_the_old_one() throws IOException {
        String shipped = read(file("sync.camel.yaml"));
        Files.move(file("sync.camel.yaml"), file("own-sync.camel.yaml"));
        CheckedReload reload = world.camel().hasService(CheckedReload.class);
        world.eventually(() -> assertThat(reload.textsInForce()).containsEntry("own-sync.camel.yaml", shipped)
                .doesNotContainKey("sync.camel.yaml"));
        noError();
        syncs();
        edit("own-sync.camel.yaml", RECONCILES, "Edited, branches");
        world.eventually(() -> assertThat(description("reconcile")).startsWith("Edited, branches"));
        Files.move(file("own-sync.camel.yaml"), file("sync.camel.yaml"));
        world.eventually(() -> assertThat(reload.textsInForce()).doesNotContainKey("own-sync.camel.yaml"));
        noError();
        syncs();
    }

    /** Its tables count from then on under the new name, and are not declared twice. */
    @Test
    void a_mapping_with_a_new_name_takes_the_place_of_the_old_one() throws IOException {
        Files.move(file(MAPPING), file("own-mapping.camel.yaml"));
        edit("own-mapping.camel.yaml", DESCRIPTION, DESCRIPTION.replace("text(32000)", "text(9)"));
        world.eventually(() -> assertThat(descriptionOfNewDeal("a rather long note")).startsWith("a rath")
                .hasSizeLessThanOrEqualTo(9));
        noError();
        Files.delete(file("own-mapping.camel.yaml"));
        write(file(MAPPING), read(Path.of("routes").resolve(MAPPING)));
        world.eventually(() -> assertThat(descriptionOfNewDeal("a rather long note")).hasSize(18));
        noError();
    }

    @Test
    void an_emptied_file_leaves_its_routes() {
        write(file("sync.camel.yaml"), "");
        error("sync.camel.yaml", "empty");
        syncs();
    }
}
