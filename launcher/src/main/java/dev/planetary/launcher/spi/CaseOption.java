package dev.planetary.launcher.spi;

/**
 * An option of a case.
 *
 * @param name        without the dashes: "seeds".
 * @param byDefault   value where the user says nothing; "" is "not given". A flag has the default "false".
 * @param description a sentence for {@code --help}, with the unit and what fits.
 */
public record CaseOption(String name, String byDefault, String description) {
    /** Whether it stands alone on the command line. */
    public boolean isFlag() {
        return "false".equals(byDefault);
    }
}
