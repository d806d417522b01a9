/** The replication core: world, mirror, cells, lanes, sessions, loops, and the interfaces that plugins and transports fill. */
module dev.planetary.core {
    requires transitive org.agrona;
    requires transitive org.joml;
    requires dev.dominion.ecs.api;
    requires java.management;
    requires jdk.management;

    exports dev.planetary.core.cell;
    exports dev.planetary.core.chaos;
    exports dev.planetary.core.component;
    exports dev.planetary.core.counter;
    exports dev.planetary.core.journal;
    exports dev.planetary.core.lane;
    exports dev.planetary.core.plugin;
    exports dev.planetary.core.session;
    // The messages of discovery are written and read by the transport that carries them.
    exports dev.planetary.core.sbe to dev.planetary.net.aeron, dev.planetary.launcher, dev.planetary.benchmarks;
    exports dev.planetary.core.region;
    exports dev.planetary.core.simnet;
    exports dev.planetary.core.standalone;
    exports dev.planetary.core.transport;
    exports dev.planetary.core.world;

    uses dev.planetary.core.plugin.GamePlugin;
    uses dev.planetary.core.transport.SessionDiscovery;
    uses dev.planetary.core.transport.TransportProvider;
}
