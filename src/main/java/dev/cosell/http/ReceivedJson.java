package dev.cosell.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.text.Storable;
import dev.cosell.verbs.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON as another system sent it. The one place where its texts come in: characters that not every side can hold are
 * left out of them, and the log says so once for each field of a record.
 */
public final class ReceivedJson {
    private static final Logger LOG = LoggerFactory.getLogger(ReceivedJson.class);
    private static final int REMEMBERED = 10_000;
    /** Every system has its own name for the id of a record, and all end alike. */
    private static final Pattern ID = Pattern.compile("id|(opportunity|account|contact|lead)id",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> SAID = Collections
            .synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    private final String system;
    private final ObjectMapper json;
    private final UnaryOperator<String> text;

    /** @param system who sends it, for the log */
    public ReceivedJson(String system, ObjectMapper json) {
        this(system, json, UnaryOperator.identity());
    }

    /** @param text gives what was typed for a text as the system keeps it */
    public ReceivedJson(String system, ObjectMapper json, UnaryOperator<String> text) {
        this.system = system;
        this.json = json;
        this.text = text;
    }

    /**
     * Maps, lists, texts, numbers and flags.
     *
     * @throws JsonProcessingException when it is no JSON
     */
    public Object tree(byte[] bytes) throws IOException {
        return storable(json.readValue(bytes, Object.class), "", "");
    }

    /** As {@link #tree(byte[])}. */
    public Object tree(String text) throws JsonProcessingException {
        try {
            return tree(text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException notJson) {
            throw notJson;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @SuppressWarnings("unchecked") // JSON objects have text keys
    private Object storable(Object value, String record, String field) {
        if (value instanceof Map<?, ?> map) {
            String id = id(map);
            Map<String, Object> fields = (Map<String, Object>) map;
            fields.replaceAll(
                    (name, inner) -> storable(inner, id == null ? record : id, id == null ? below(field, name) : name));
        } else if (value instanceof List<?> list) {
            ((List<Object>) list).replaceAll(inner -> storable(inner, record, field));
        } else if (value instanceof String kept) {
            return storable(text.apply(kept), record, field);
        }
        return value;
    }

    private static String below(String group, String name) {
        return group.isEmpty() ? name : group + "." + name;
    }

    private String storable(String text, String record, String field) {
        String storable = Storable.of(text);
        if (storable != text && SAID.add(system + " " + record + " " + field)) {
            LOG.warn(
                    "{}: {} {} holds characters that not every side can keep ({}); they are left out. Retype the text "
                            + "to get rid of them ({})",
                    system, record, field, Storable.leftOut(text), Trouble.CHARACTERS.code());
        }
        return storable;
    }

    private static String id(Map<?, ?> map) {
        return map.entrySet().stream()
                .filter(entry -> ID.matcher(entry.getKey().toString()).matches())
                .map(Map.Entry::getValue).filter(String.class::isInstance).map(String.class::cast).findFirst()
                .map(Storable::of).orElse(null);
    }
}
