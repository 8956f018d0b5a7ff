package segur.peer;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Standard output and error are for what was exchanged. */
final class Logs {
    /** Kept: the settings of a logger are lost with it. */
    private static final Logger ROOT = Logger.getLogger("");

    private Logs() {
    }

    static void quiet() {
        ROOT.setLevel(Level.SEVERE);
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
    }
}
