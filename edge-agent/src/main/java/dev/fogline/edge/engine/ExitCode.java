package dev.fogline.edge.engine;

/** Says what an exit code means. The JVM reports death by a signal as 128 + its number. */
final class ExitCode {
    private ExitCode() {}

    static String meaning(int code) {
        return switch (code) {
            case 0 -> "it ended by itself";
            case 132 -> "SIGILL: the engine was built for another CPU";
            case 134 -> "SIGABRT: the engine gave up";
            case 135 -> "SIGBUS: the model file changed or memory is faulty";
            case 137 -> "SIGKILL: killed, perhaps for want of memory";
            case 139 -> "SIGSEGV: the engine crashed";
            case 143 -> "SIGTERM: it was asked to end";
            default -> "exit code " + code;
        };
    }
}
