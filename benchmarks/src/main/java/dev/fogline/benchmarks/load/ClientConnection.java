package dev.fogline.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** One connection of the generator: sends a request, compares the answer with the script as it comes. */
final class ClientConnection implements Loop.Ready, ChunkedBody.Sink {
    private final Generator generator;
    private final Loop loop;
    private final ByteBuffer request;
    private final byte[] expected;
    private final int[] eventEnds;
    private final HttpHead head = new HttpHead();
    private final ChunkedBody chunked = new ChunkedBody();

    private SocketChannel channel;
    private SelectionKey key;
    private byte[] partialHead = new byte[0];
    private boolean busy;
    private int sent;
    private boolean inBody;
    private boolean wrong;
    private int received;
    private int events;
    private long intended;
    private long lastEvent;
    private long firstByte;

    ClientConnection(Generator generator, Loop loop, ByteBuffer request, Script script) throws IOException {
        this.generator = generator;
        this.loop = loop;
        this.request = request;
        this.expected = script.expected();
        this.eventEnds = script.eventEnds();
        this.channel = SocketChannel.open();
        this.key = connect();
    }

    private SelectionKey connect() throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), generator.port()));
        return channel.register(loop.selector(), SelectionKey.OP_CONNECT, this);
    }

    private void reconnect() {
        close();
        if (generator.over()) {
            return;
        }
        try {
            channel = SocketChannel.open();
            key = connect();
        } catch (IOException e) {
            generator.refused();
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    boolean busy() {
        return busy;
    }

    long intended() {
        return intended;
    }

    long firstByte() {
        return firstByte;
    }

    /** Events received whole so far. */
    int events() {
        return events;
    }

    /** @param time when the request was to be sent, which an overloaded server or generator may have made it miss */
    void send(long time) {
        intended = time;
        busy = true;
        sent = 0;
        inBody = false;
        wrong = false;
        received = 0;
        events = 0;
        firstByte = 0;
        lastEvent = 0;
        partialHead = new byte[0];
        try {
            write();
        } catch (IOException e) {
            broken();
        }
    }

    private void write() throws IOException {
        sent += channel.write(request.limit(request.capacity()).position(sent));
        key.interestOps(
                sent < request.capacity() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    @Override
    public void ready(SelectionKey ready) {
        try {
            if (ready.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                generator.connected(this);
                return;
            }
            if (ready.isWritable()) {
                write();
            }
            if (ready.isReadable()) {
                read();
            }
        } catch (IOException e) {
            broken();
        }
    }

    private void broken() {
        if (busy) {
            busy = false;
            generator.broken(this);
        } else {
            generator.refused();
        }
        reconnect();
    }

    private void read() throws IOException {
        ByteBuffer buffer = loop.readBuffer();
        int count = channel.read(buffer);
        if (count < 0) {
            if (busy) {
                broken();
            } else {
                reconnect();
            }
            return;
        }
        byte[] bytes = loop.readBytes();
        buffer.flip().get(bytes, 0, count);
        int body = 0;
        if (!inBody) {
            if (partialHead.length > 0) {
                byte[] joined = Arrays.copyOf(partialHead, partialHead.length + count);
                System.arraycopy(bytes, 0, joined, partialHead.length, count);
                bytes = joined;
                count = joined.length;
            }
            body = head.read(bytes, 0, count);
            if (body < 0) {
                partialHead = Arrays.copyOf(bytes, count);
                return;
            }
            inBody = true;
            chunked.reset();
        }
        if (feed(bytes, body, count)) {
            ended();
        }
    }

    /** @return whether the answer has ended */
    private boolean feed(byte[] bytes, int from, int to) {
        if (head.chunked()) {
            return chunked.feed(bytes, from, to, this);
        }
        accept(bytes, from, to);
        return received >= head.length();
    }

    @Override
    public void accept(byte[] bytes, int from, int to) {
        if (from == to) {
            return;
        }
        long now = System.nanoTime();
        if (firstByte == 0) {
            firstByte = now;
        }
        int end = received + to - from;
        wrong |= end > expected.length || !Arrays.equals(bytes, from, to, expected, received, end);
        received = end;
        if (wrong) {
            return;
        }
        while (events < eventEnds.length && eventEnds[events] <= received) {
            events++;
            if (lastEvent != 0) {
                generator.gap(now, now - lastEvent);
            }
            lastEvent = now;
        }
    }

    private void ended() {
        busy = false;
        boolean right = !wrong && received == expected.length;
        int status = head.status();
        boolean reusable = !head.close();
        if (!reusable) {
            reconnect();
        }
        generator.ended(this, status, right, reusable);
    }
}
