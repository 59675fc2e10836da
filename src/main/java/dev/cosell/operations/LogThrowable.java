package dev.cosell.operations;

import ch.qos.logback.classic.pattern.RootCauseFirstThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.cosell.text.Visible;

/**
 * The exception of a log line, root cause first: the lines of its trace stay lines, those inside its messages do not.
 */
public final class LogThrowable extends RootCauseFirstThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        return super.throwableProxyToString(new OnOneLine(thrown));
    }

    private record OnOneLine(IThrowableProxy thrown) implements IThrowableProxy {
        static IThrowableProxy of(IThrowableProxy thrown) {
            return thrown == null ? null : new OnOneLine(thrown);
        }

        @Override
        public String getMessage() {
            return Visible.line(thrown.getMessage());
        }

        @Override
        public String getClassName() {
            return thrown.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return thrown.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return thrown.getCommonFrames();
        }

        @Override
        public IThrowableProxy getCause() {
            return of(thrown.getCause());
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            IThrowableProxy[] suppressed = thrown.getSuppressed();
            if (suppressed == null) {
                return null;
            }
            IThrowableProxy[] onOneLine = new IThrowableProxy[suppressed.length];
            for (int each = 0; each < suppressed.length; each++) {
                onOneLine[each] = of(suppressed[each]);
            }
            return onOneLine;
        }

        @Override
        public boolean isCyclic() {
            return thrown.isCyclic();
        }
    }
}
