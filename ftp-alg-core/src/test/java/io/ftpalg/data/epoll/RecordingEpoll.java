package io.ftpalg.data.epoll;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Stands in for Netty's epoll: records what it is called for, and refuses descriptors if it is asked to. */
final class RecordingEpoll implements IoHandler {
    final List<String> calls = new ArrayList<>();
    boolean refuses;

    @Override
    public int run(IoHandlerContext context) {
        calls.add("wait");
        return 0;
    }

    @Override
    public void destroy() {
        calls.add("destroy");
    }

    @Override
    public void prepareToDestroy() {
        calls.add("close all");
    }

    @Override
    public void wakeup() {
        calls.add("wake up");
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return EpollIoHandle.class.isAssignableFrom(handleType);
    }

    @Override
    public IoRegistration register(IoHandle handle) {
        calls.add("register");
        return new IoRegistration() {
            private boolean valid = true;

            @Override
            @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
            public <T> T attachment() {
                return (T) "attachment";
            }

            @Override
            public long submit(IoOps ops) {
                if (refuses) {
                    throw new UncheckedIOException(new IOException("no more watches"));
                }
                calls.add("submit " + ((EpollIoOps) ops).value());
                return 0;
            }

            @Override
            public boolean isValid() {
                return valid;
            }

            @Override
            public boolean cancel() {
                calls.add("cancel");
                valid = false;
                return true;
            }
        };
    }
}
