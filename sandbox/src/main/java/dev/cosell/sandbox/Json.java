package dev.cosell.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON trees of plain Java maps and lists; decimals stay exact. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<List<Object>> ARRAY = new TypeReference<>() {};

    private Json() {}

    public static byte[] bytes(Object tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON tree", e);
        }
    }

    public static Map<String, Object> object(byte[] bytes) {
        if (bytes.length == 0) {
            return new LinkedHashMap<>();
        }
        try {
            return MAPPER.readValue(bytes, OBJECT);
        } catch (IOException e) {
            throw new Malformed(e);
        }
    }

    public static List<Object> array(byte[] bytes) {
        try {
            return MAPPER.readValue(bytes, ARRAY);
        } catch (IOException e) {
            throw new Malformed(e);
        }
    }

    /** A deep copy, so that a stored record and an answered one never share a map. */
    public static Map<String, Object> copy(Map<String, Object> tree) {
        return object(bytes(tree));
    }

    /** The body is not the JSON that was expected. */
    public static final class Malformed extends RuntimeException {
        Malformed(Throwable cause) {
            super("malformed JSON", cause);
        }
    }
}
