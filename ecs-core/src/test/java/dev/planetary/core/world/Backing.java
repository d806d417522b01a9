package dev.planetary.core.world;

/** The stores that a world may stand on; every test of a world runs over each. */
enum Backing {
    COLUMNS {
        @Override
        EntityStore create() {
            return new ColumnStore();
        }
    },
    DOMINION {
        @Override
        EntityStore create() {
            return new DominionStore();
        }
    };

    abstract EntityStore create();
}
