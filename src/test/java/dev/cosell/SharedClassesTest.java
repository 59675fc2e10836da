package dev.cosell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.crm.Crms;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a CRM differs in is asked of its plugin: no class outside of its packages has its name, or that of one of its
 * fields, in a text. The stand-in servers are outside of this, because they know nothing of the plugins. Comments may
 * explain a rule by a CRM.
 */
class SharedClassesTest {
    /** Names of the CRMs, and the spellings by which their fields are known. */
    private static final Pattern A_CRM = Pattern.compile(
            "(?i)salesforce|dynamics|dataverse|__[cr]\\b|SystemModstamp|Billing\\w|address1_|statecode|StageName");

    /** Class and reason. */
    private static final Map<String, String> EXCEPTIONS = Map.of("mapping/MatchRule",
            "an example of a rule, which needs the fields of some CRM");

    /** Packages of one CRM, and the stand-in servers, which know nothing of the plugins. */
    private static boolean mayNameOne(String file) {
        return Stream
                .concat(Stream.of("sandbox"),
                        Crms.SHIPPED.names().stream().flatMap(crm -> Stream.of(crm, "check/" + crm, "crm/" + crm)))
                .anyMatch(folder -> file.startsWith("dev/cosell/" + folder + "/"));
    }

    @Test
    void noSharedClassHasTheNameOfACrmInAText() throws Exception {
        Path classes = Path.of(Crms.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Map<String, List<String>> named = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file).toString().replace('\\', '/');
                List<String> texts = texts(file).stream().filter(text -> A_CRM.matcher(text).find()).toList();
                if (!texts.isEmpty() && !mayNameOne(name)) {
                    named.put(name.substring("dev/cosell/".length()).replaceAll("(\\$.*)?\\.class$", ""), texts);
                }
            }
        }
        assertThat(named.keySet()).as("shared classes with the name of a CRM in a text: " + named.entrySet().stream()
                .map(Object::toString).collect(Collectors.joining("\n"))).isEqualTo(EXCEPTIONS.keySet());
    }

    @Test
    void theTextsOfAClassAreFound() throws Exception {
        Path classes = Path.of(Crms.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        assertThat(texts(classes.resolve("dev/cosell/crm/salesforce/SalesforceCrm.class"))).contains("salesforce",
                "change its value in Salesforce");
    }

    /** The string constants in a class file; names of classes, methods and fields are none. */
    private static List<String> texts(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            in.skipNBytes(8);
            int size = in.readUnsignedShort();
            String[] words = new String[size];
            boolean[] constant = new boolean[size];
            for (int i = 1; i < size; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> words[i] = in.readUTF();
                    case 8 -> constant[in.readUnsignedShort()] = true;
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++;
                    }
                    case 15 -> in.skipNBytes(3);
                    case 7, 16, 19, 20 -> in.skipNBytes(2);
                    default -> in.skipNBytes(4);
                }
            }
            return IntStream.range(1, size).filter(i -> constant[i]).mapToObj(i -> words[i]).toList();
        }
    }
}
