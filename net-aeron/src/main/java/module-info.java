/** Carries a game's datagrams over Aeron, and finds sessions on the network. */
module dev.planetary.net.aeron {
    requires dev.planetary.core;
    requires io.aeron.client;
    requires io.aeron.driver;

    provides dev.planetary.core.transport.SessionDiscovery with dev.planetary.net.aeron.UdpSessionDiscovery;
    provides dev.planetary.core.transport.TransportProvider with dev.planetary.net.aeron.AeronTransportProvider;
}
