package dev.planetary.example.weather;

import dev.planetary.core.world.ComponentCodec;
import dev.planetary.example.weather.sbe.WeatherComponentDecoder;
import dev.planetary.example.weather.sbe.WeatherComponentEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Rain as one byte. */
final class WeatherCodec implements ComponentCodec<Weather> {
    private final WeatherComponentEncoder encoder = new WeatherComponentEncoder();
    private final WeatherComponentDecoder decoder = new WeatherComponentDecoder();

    @Override
    public int blockLength() {
        return WeatherComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public int encode(final Weather from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).rainPercent((short)from.rainPercent);
        return WeatherComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Weather into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        into.rainPercent = decoder.wrap(buffer, offset, blockLength, version).rainPercent();
    }
}
