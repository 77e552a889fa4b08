package io.ftpalg.control;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A name server on a loopback port, of Netty's codec; the test says what it knows, and reads what it was asked. */
public final class NameServer implements AutoCloseable {
    public final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel channel;

    private record Answer(long ttl, List<byte[]> contents) {}

    public NameServer() {
        channel = new Bootstrap()
                .group(group)
                .channelFactory(NioDatagramChannel::new)
                .handler(new ChannelInitializer<NioDatagramChannel>() {
                    @Override
                    protected void initChannel(NioDatagramChannel datagrams) {
                        datagrams
                                .pipeline()
                                .addLast(
                                        new DatagramDnsQueryDecoder(),
                                        new DatagramDnsResponseEncoder(),
                                        new QueryHandler());
                    }
                })
                .bind(new InetSocketAddress(TestNetwork.LOCALHOST, 0))
                .syncUninterruptibly()
                .channel();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    public void addresses(String name, long ttl, InetAddress... addresses) {
        answer(
                DnsRecordType.A,
                name,
                ttl,
                Stream.of(addresses).map(InetAddress::getAddress).toList());
    }

    public void services(String name, long ttl, ByteBuf... contents) {
        answer(
                DnsRecordType.SRV,
                name,
                ttl,
                Stream.of(contents)
                        .map(content -> {
                            byte[] bytes = new byte[content.readableBytes()];
                            content.readBytes(bytes);
                            return bytes;
                        })
                        .toList());
    }

    private void answer(DnsRecordType type, String name, long ttl, List<byte[]> contents) {
        answers.put(type.name() + ' ' + name + '.', new Answer(ttl, contents));
    }

    /** Returns the data of an SRV record. */
    public static ByteBuf service(int priority, int weight, int port, String target) {
        ByteBuf content =
                Unpooled.buffer().writeShort(priority).writeShort(weight).writeShort(port);
        for (String label : target.isEmpty() ? new String[0] : target.split("\\.")) {
            content.writeByte(label.length()).writeCharSequence(label, StandardCharsets.US_ASCII);
        }
        return content.writeByte(0);
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        group.shutdownGracefully(0, 8, TimeUnit.SECONDS).awaitUninterruptibly(8, TimeUnit.SECONDS);
    }

    private final class QueryHandler extends SimpleChannelInboundHandler<DatagramDnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
            DnsQuestion question = query.recordAt(DnsSection.QUESTION);
            String key = question.type().name() + ' ' + question.name();
            asked.add(key);
            DatagramDnsResponse response = new DatagramDnsResponse(
                    /* sender= */ query.recipient(), /* recipient= */ query.sender(), query.id());
            response.addRecord(DnsSection.QUESTION, question);
            Answer answer = answers.get(key);
            if (answer == null) {
                response.setCode(DnsResponseCode.NXDOMAIN).setAuthoritativeAnswer(true);
            } else {
                answer.contents()
                        .forEach(content -> response.addRecord(
                                DnsSection.ANSWER,
                                new DefaultDnsRawRecord(
                                        question.name(),
                                        question.type(),
                                        answer.ttl(),
                                        Unpooled.wrappedBuffer(content))));
            }
            ctx.writeAndFlush(response);
        }
    }
}
