package dev.fogline.gateway;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Accesses that may hold the thread that makes them: waiting, files, sockets, names, processes. */
final class MayBlock extends DescribedPredicate<JavaAccess<?>> {
    /** Of these and what extends them, the named methods. */
    private static final Map<String, Set<String>> METHODS = Map.ofEntries(
            Map.entry("java.lang.Object", Set.of("wait")),
            Map.entry("java.lang.Thread", Set.of("sleep", "join")),
            Map.entry("java.lang.Process", Set.of("waitFor")),
            Map.entry("java.lang.Runtime", Set.of("exec")),
            Map.entry("java.util.concurrent.Future", Set.of("get", "join")),
            Map.entry("java.util.concurrent.CountDownLatch", Set.of("await")),
            Map.entry("java.util.concurrent.CyclicBarrier", Set.of("await")),
            Map.entry("java.util.concurrent.Phaser", Set.of("awaitAdvance", "arriveAndAwaitAdvance")),
            Map.entry("java.util.concurrent.Exchanger", Set.of("exchange")),
            Map.entry("java.util.concurrent.Semaphore", Set.of("acquire", "acquireUninterruptibly")),
            Map.entry("java.util.concurrent.locks.Condition", Set.of("await", "awaitNanos", "awaitUninterruptibly")),
            Map.entry("java.util.concurrent.locks.LockSupport", Set.of("park", "parkNanos", "parkUntil")),
            Map.entry("java.util.concurrent.BlockingQueue", Set.of("put", "take")),
            Map.entry("java.util.concurrent.BlockingDeque", Set.of("putFirst", "putLast", "takeFirst", "takeLast")),
            Map.entry(
                    "java.util.concurrent.ExecutorService",
                    Set.of("awaitTermination", "invokeAll", "invokeAny", "close")),
            Map.entry("io.smallrye.mutiny.Uni", Set.of("await")),
            Map.entry(
                    "java.net.InetAddress",
                    Set.of(
                            "getByName",
                            "getAllByName",
                            "getLocalHost",
                            "getHostName",
                            "getCanonicalHostName",
                            "isReachable")),
            Map.entry("java.net.URL", Set.of("openStream", "openConnection", "getContent")));

    /** Of these and what extends them, everything. */
    private static final List<String> TYPES = List.of(
            "java.lang.ProcessBuilder",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile",
            "java.io.Console",
            "java.nio.file.Files",
            "java.nio.channels.FileChannel",
            "java.nio.channels.SocketChannel",
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.URLConnection",
            "java.net.NetworkInterface",
            "java.net.http.HttpClient",
            "java.sql.Connection",
            "javax.sql.DataSource");

    MayBlock() {
        super("that may block");
    }

    @Override
    public boolean test(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        if (TYPES.stream().anyMatch(owner::isAssignableTo)) {
            return true;
        }
        String name = access.getTarget().getName();
        return name.endsWith("Blocking")
                || METHODS.entrySet().stream()
                        .anyMatch(type -> type.getValue().contains(name) && owner.isAssignableTo(type.getKey()));
    }
}
