package dev.planetary.plugin.building;

import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.plugin.RequestType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.agrona.DirectBuffer;

/** The building plugin of a client whose requests are recorded, the pieces of blueprints that it sends by itself included. */
final class RecordedRequests implements GamePlugin {
    private final BuildingPlugin plugin = new BuildingPlugin();
    private final Recorder recorder;

    /** Is told of each request that was sent. */
    @FunctionalInterface
    interface Recorder {
        void onSent(int request, RequestType type, byte[] message);
    }

    RecordedRequests(final Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public int schemaId() {
        return plugin.schemaId();
    }

    @Override
    public int schemaVersion() {
        return plugin.schemaVersion();
    }

    @Override
    public void register(final GameContext game) {
        plugin.register(game);
    }

    @Override
    public void host(final HostContext host) {
        plugin.host(host);
    }

    @Override
    public void client(final ClientContext client) {
        final RequestSender recording = recording(client.requests());
        plugin.client((ClientContext)Proxy.newProxyInstance(
            ClientContext.class.getClassLoader(), new Class<?>[] {ClientContext.class},
            (proxy, method, arguments) -> method.getName().equals("requests") ? recording : invoke(client, method, arguments)));
    }

    private static Object invoke(final ClientContext client, final Method method, final Object[] arguments) throws Throwable {
        try {
            return method.invoke(client, arguments);
        } catch (final InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private RequestSender recording(final RequestSender requests) {
        return new RequestSender() {
            @Override
            public int send(final RequestType type, final DirectBuffer message, final int offset, final int length) {
                final int request = requests.send(type, message, offset, length);
                if (request != NONE) {
                    final byte[] copy = new byte[length];
                    message.getBytes(offset, copy);
                    recorder.onSent(request, type, copy);
                }
                return request;
            }

            @Override
            public void onVerdict(final VerdictListener listener) {
                requests.onVerdict(listener);
            }
        };
    }
}
