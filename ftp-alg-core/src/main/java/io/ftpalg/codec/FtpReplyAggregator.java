package io.ftpalg.codec;

import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.ReplyLine;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageDecoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers {@link ReplyLine}s to whole {@link FtpReply}s; belongs to one channel and lives on its loop.
 *
 * <p>Stands behind a {@link FtpReplyDecoder}. Lines beyond the limits are dropped, except the first and the last.
 */
public final class FtpReplyAggregator extends MessageToMessageDecoder<ReplyLine> {
    private final ReplyQuota quota;
    private final List<String> texts = new ArrayList<>();

    /** Makes an aggregator with {@link FtpDecoderLimits#DEFAULT}. */
    public FtpReplyAggregator() {
        this(FtpDecoderLimits.DEFAULT);
    }

    /** Makes an aggregator; of the limits, those of a reply's lines and bytes count. */
    public FtpReplyAggregator(FtpDecoderLimits limits) {
        this(limits.replyLines(), limits.replyBytes());
    }

    /**
     * Makes an aggregator.
     *
     * @param maxLines lines of one reply, though its first and last always pass
     * @param maxBytes bytes of one reply's texts, though its first and last always pass
     */
    public FtpReplyAggregator(int maxLines, int maxBytes) {
        super(ReplyLine.class);
        quota = new ReplyQuota(maxLines, maxBytes);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ReplyLine line, List<Object> out) {
        switch (line.position()) {
            case ONLY -> out.add(FtpReply.of(line.code(), line.text()));
            case FIRST -> {
                texts.clear();
                texts.add(line.text());
                quota.start(line.text().length());
            }
            case MIDDLE -> {
                if (quota.admits(line.text().length())) {
                    texts.add(line.text());
                }
            }
            case LAST -> {
                texts.add(line.text());
                out.add(new FtpReply(line.code(), texts));
                texts.clear();
            }
        }
    }
}
