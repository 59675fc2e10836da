package dev.cosell.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Texts that are nearly right: one of the seeds with pieces left out, doubled, exchanged or put in. The same for the
 * same seed. The system properties {@code fuzz.seconds} and {@code fuzz.seed} make a run longer or another one.
 */
public final class Mutator {
    private static final List<String> PIECES = List.of("'", "''", "\"", "\\", "%", "%27", "%0d%0a", "\r\n", "\n\n",
            "\r", "\t", "|", "#", "--", "{", "}", "[", "]", ":", ";", ",", "=", "$", "${", "<", ">", "null", "0", "-1",
            "999999999999", "é", "\u202e", "\ud83d\ude00", "\u2028", " ", "boundary=", "HTTP/1.1 200", "Content-ID: 1");

    /** A busy machine may have no more time for a test than one text takes. */
    private static final int FEWEST = 101;

    private final Random random;
    private final List<String> seeds;
    private final long end;
    private int made;

    /** @param seconds how long, unless the property says otherwise; a hundred texts are made in any case */
    public Mutator(int seconds, List<String> seeds) {
        this.seeds = List.copyOf(seeds);
        random = new Random(Long.getLong("fuzz.seed", 20261128L));
        end = System.nanoTime() + Duration.ofSeconds(Integer.getInteger("fuzz.seconds", seconds)).toNanos();
    }

    public boolean goesOn() {
        return made < FEWEST || System.nanoTime() < end;
    }

    public String next() {
        made++;
        StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
        for (int change = random.nextInt(6); change >= 0; change--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.insert(from, text.substring(from, to));
                default -> text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        // Half a character is left out before anything is stored, and is no text of a person.
        return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
