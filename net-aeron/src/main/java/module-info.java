/** Carries a game's datagrams over Aeron, and finds sessions on the network. */
module dev.planetary.net.aeron {
    requires dev.planetary.core;
    requires io.aeron.client;
    requires io.aeron.driver;
}
