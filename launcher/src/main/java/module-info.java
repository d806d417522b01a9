/** The command line: finds plugins, starts hosts, clients and demos, shows what they do. */
module dev.planetary.launcher {
    requires dev.planetary.core;
    requires info.picocli;
}
