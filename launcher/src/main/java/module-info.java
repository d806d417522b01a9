/** The command line: finds plugins, starts hosts, clients and demos, shows what they do. */
module dev.planetary.launcher {
    requires transitive dev.planetary.core;
    requires info.picocli;
    requires com.google.gson;
    requires java.management;

    exports dev.planetary.launcher.spi;
    exports dev.planetary.launcher.relay to dev.planetary.benchmarks;

    opens dev.planetary.launcher to info.picocli;
    opens dev.planetary.launcher.command to info.picocli, com.google.gson;
    opens dev.planetary.launcher.demo to com.google.gson;
    opens dev.planetary.launcher.option to info.picocli;
    opens dev.planetary.launcher.plugin to com.google.gson;

    uses dev.planetary.core.plugin.GamePlugin;
    uses dev.planetary.core.transport.SessionDiscovery;
    uses dev.planetary.core.transport.TransportProvider;
    uses dev.planetary.launcher.spi.CaseRunner;
}
