package dev.bastion.sandbox.github.transport;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/** A response that discards what is written to it, so that a fault can lose it. */
final class DiscardingResponse extends HttpServletResponseWrapper {
    DiscardingResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new Nowhere();
    }

    @Override
    public void flushBuffer() {
        // nothing may reach the other side
    }

    @Override
    public void setStatus(int status) {
        // decided elsewhere
    }

    @Override
    public void setHeader(String name, String value) {
        // decided elsewhere
    }

    private static final class Nowhere extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("written to by blocking calls alone");
        }

        @Override
        public void write(int octet) {
            // discarded
        }
    }
}
