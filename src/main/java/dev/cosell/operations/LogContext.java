package dev.cosell.operations;

import dev.cosell.queue.Hints;
import dev.cosell.sync.decide.Pair;
import dev.cosell.text.LoggedDeal;
import dev.cosell.verbs.Hint;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Says with each line of the log which deal it is about, for logs that programs read. It is told anew before each step
 * of a route, because a step may end on another thread than it began on.
 */
public final class LogContext implements InterceptStrategy {
    private static final String TOLD = "cosell.log-context";
    private static final String TRACE = "cosell.trace-id";
    private static final int TRACE_FROM = "00-".length();
    private static final int TRACE_TO = TRACE_FROM + 32;

    private final List<String> crms;
    private final boolean traced;

    /**
     * @param crms   the enabled CRMs
     * @param traced whether routes are traced; otherwise a header that looks like a trace is somebody else's
     */
    public LogContext(List<String> crms, boolean traced) {
        this.crms = List.copyOf(crms);
        this.traced = traced;
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode step, Processor target,
            Processor next) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                tell(exchange);
                boolean done = super.process(exchange, callback);
                if (!done) {
                    LoggedDeal.forget();
                }
                return done;
            }
        };
    }

    private void tell(Exchange exchange) {
        if (exchange.getProperty(TOLD) == null) {
            exchange.setProperty(TOLD, true);
            exchange.getExchangeExtension().addOnCompletion(new Forgetting());
        }
        Hint hint = exchange.getMessage().getBody() instanceof Hint offered ? offered : Hints.of(exchange);
        if (exchange.getVariable("pair") instanceof Pair pair) {
            LoggedDeal.is(pair.crm(), pair.referralId(null), pair.crmId(null));
        } else if (hint != null) {
            boolean ofCrm = crms.contains(hint.system());
            LoggedDeal.is(ofCrm ? hint.system() : exchange.getVariable("crm", String.class), ofCrm ? null : hint.id(),
                    ofCrm ? hint.id() : null);
        } else {
            LoggedDeal.is(exchange.getVariable("crm", String.class), null, null);
        }
        LoggedDeal.tracedAs(traceId(exchange));
    }

    /** As the header of W3C has it, which a step may remove. Null when nothing is traced. */
    private String traceId(Exchange exchange) {
        String parent = !traced ? null : exchange.getMessage().getHeader(Hints.TRACE, String.class);
        if (parent != null && parent.length() > TRACE_TO) {
            exchange.setProperty(TRACE, parent.substring(TRACE_FROM, TRACE_TO));
        }
        return exchange.getProperty(TRACE, String.class);
    }

    /** The thread goes back to a pool, and what it does next is about something else. */
    private static final class Forgetting extends SynchronizationAdapter {
        @Override
        public void onDone(Exchange exchange) {
            LoggedDeal.forget();
        }
    }
}
