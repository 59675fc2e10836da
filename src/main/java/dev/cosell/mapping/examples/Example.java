package dev.cosell.mapping.examples;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder with one deal or lead as both sides show it, in plain JSON. docs/mapping.md says which files it may hold.
 */
record Example(Path folder) {
    static final String REFERRAL = "referral.json";
    static final String LEAD = "lead.json";
    static final String FAULTS = "fault.txt";

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    String name() {
        return folder.getFileName().toString();
    }

    boolean has(String file) {
        return Files.exists(folder.resolve(file));
    }

    /**
     * The sentences that are expected.
     *
     * @throws Unreadable when they are in another encoding than UTF-8
     */
    List<String> faults() {
        try {
            // Editors of Windows put a mark in front of a text.
            return Files.readAllLines(folder.resolve(FAULTS)).stream().map(line -> line.replace("\ufeff", "")).toList();
        } catch (CharacterCodingException otherEncoding) {
            throw new Unreadable(FAULTS + " is not UTF-8. Save it in that encoding");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Null when the example has no such file.
     *
     * @throws Unreadable when it is no JSON object; the message names the file
     */
    Map<String, Object> json(String file) {
        if (!has(file)) {
            return null;
        }
        try {
            return JSON.readValue(folder.resolve(file).toFile(), new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (JacksonException noJson) {
            throw new Unreadable(file + " is no JSON object: " + noJson.getOriginalMessage()
                    + (noJson.getLocation() == null ? "" : ", line " + noJson.getLocation().getLineNr()));
        } catch (IOException unreadable) {
            throw new Unreadable(file + " cannot be read: " + unreadable.getMessage());
        }
    }

    /** What comes back when a value is written to JSON and read again. */
    static Object roundTrip(Object value) {
        try {
            return JSON.readValue(JSON.writeValueAsString(value), Object.class);
        } catch (JacksonException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static final class Unreadable extends RuntimeException {
        Unreadable(String message) {
            super(message);
        }
    }
}
