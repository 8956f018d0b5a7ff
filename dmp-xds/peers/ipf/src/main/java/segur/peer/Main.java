package segur.peer;

/** {@code server [PORT]}, or {@code client BASE REPOSITORY PKI}. */
public final class Main {
    private Main() {
    }

    public static void main(String[] args) throws Exception {
        Logs.quiet();
        switch (args.length == 0 ? "" : args[0]) {
            case "server" -> Server.run(args.length > 1 ? Integer.parseInt(args[1]) : 0);
            case "client" -> Client.run(args[1], args[2], args[3]);
            default -> {
                System.err.println("server [PORT] | client BASE REPOSITORY PKI");
                System.exit(2);
            }
        }
    }
}
