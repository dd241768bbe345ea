package dev.fogline.benchmarks.load;

import dev.fogline.benchmarks.load.Script.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One connection to the upstream: reads a request, plays the script. */
final class UpstreamConnection implements Loop.Ready {
    private static final byte[] ASKS_FOR_USAGE = "\"include_usage\":true".getBytes(StandardCharsets.US_ASCII);

    private final ScriptedUpstream upstream;
    private final SocketChannel channel;
    private @Nullable SelectionKey key;
    /** A request that did not come in one read, up to here. */
    private byte[] partial = new byte[0];

    private @Nullable Wire playing;
    private boolean paced;
    private int written;
    private int write;
    private long due;

    UpstreamConnection(ScriptedUpstream upstream, SocketChannel channel) {
        this.upstream = upstream;
        this.channel = channel;
    }

    void attach(SelectionKey registered) {
        key = registered;
    }

    long due() {
        return due;
    }

    @Override
    public void ready(SelectionKey ready) {
        try {
            if (ready.isWritable()) {
                play();
            }
            if (ready.isValid() && ready.isReadable()) {
                read();
            }
        } catch (IOException e) {
            close();
        }
    }

    private void read() throws IOException {
        ByteBuffer buffer = upstream.loop().readBuffer();
        int count = channel.read(buffer);
        if (count < 0) {
            close();
            return;
        }
        byte[] bytes = upstream.loop().readBytes();
        buffer.flip().get(bytes, 0, count);
        if (partial.length > 0) {
            byte[] joined = Arrays.copyOf(partial, partial.length + count);
            System.arraycopy(bytes, 0, joined, partial.length, count);
            bytes = joined;
            count = joined.length;
        }
        HttpHead head = upstream.head();
        int body = head.read(bytes, 0, count);
        if (body >= 0 && head.length() < 0) {
            throw new IOException("a request without Content-Length");
        }
        if (body < 0 || count < body + head.length()) {
            partial = Arrays.copyOf(bytes, count);
            return;
        }
        if (count > body + head.length() || playing != null) {
            throw new IOException("a pipelined request");
        }
        partial = new byte[0];
        answer(bytes, body, count);
    }

    private void answer(byte[] bytes, int from, int to) throws IOException {
        Script script = upstream.script();
        playing = script.wire(script.events() > 1 && contains(bytes, from, to, ASKS_FOR_USAGE));
        paced = script.paced();
        written = 0;
        write = 0;
        due = System.nanoTime() + script.pace().toNanos();
        play();
    }

    private static boolean contains(byte[] bytes, int from, int to, byte[] wanted) {
        for (int i = from; i <= to - wanted.length; i++) {
            if (bytes[i] == wanted[0]
                    && bytes[i + 2] == wanted[2]
                    && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    /** The next paced event is due. */
    void next() {
        if (!channel.isOpen() || playing == null) {
            return;
        }
        try {
            due += upstream.script().pace().toNanos();
            play();
        } catch (IOException e) {
            close();
        }
    }

    /** Writes as far as the script and the socket let it. */
    private void play() throws IOException {
        Wire wire = playing;
        while (wire != null && write < wire.writeEnds().length) {
            int end = wire.writeEnds()[write];
            written += channel.write(wire.bytes().limit(end).position(written));
            if (written < end) {
                interest(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            write++;
            if (write == wire.writeEnds().length) {
                playing = null;
            } else if (paced) {
                upstream.pace(this);
                break;
            }
        }
        interest(SelectionKey.OP_READ);
    }

    private void interest(int ops) {
        if (key != null && key.interestOps() != ops) {
            key.interestOps(ops);
        }
    }

    private void close() {
        playing = null;
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
