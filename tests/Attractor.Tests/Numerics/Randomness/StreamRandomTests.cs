using Attractor.Numerics;
using MathNet.Numerics.Distributions;

namespace Attractor.Tests.Numerics.Randomness;

[Trait("Registers", "Narrow")]
public sealed class StreamRandomTests
{
    [Fact]
    public void Doubles_are_those_of_the_stream()
    {
        StreamRandom random = new(new RandomStream(1, "adapter"));
        RandomStream stream = new(1, "adapter");
        for (int i = 0; i < 20; i++)
            Assert.Equal(stream.NextDouble(), random.NextDouble());
    }

    [Fact]
    public void Everything_drawn_repeats_with_the_stream_and_stays_in_range()
    {
        Assert.Equal(Everything(), Everything());
        StreamRandom random = new(new RandomStream(2, "adapter"));
        for (int i = 0; i < 1000; i++)
        {
            Assert.InRange(random.Next(-5, 6), -5, 5);
            Assert.InRange(random.Next(3), 0, 2);
            Assert.InRange(random.Next(), 0, int.MaxValue - 1);
            Assert.InRange(random.NextInt64(10, 12), 10, 11);
            Assert.InRange(random.NextSingle(), 0, 0.99999999f);
        }
        Assert.Equal(4, random.Next(4, 4));
        Assert.Equal(0, random.Next(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(1, 0));
    }

    [Fact]
    public void Samplers_of_MathNet_accept_it()
    {
        Gamma gamma = new(3, 2, new StreamRandom(new RandomStream(4, "gamma")));
        double mean = gamma.Samples().Take(20_000).Average();
        Assert.InRange(mean, 1.48, 1.52);
    }

    private static string Everything()
    {
        StreamRandom random = new(new RandomStream(2, "adapter"));
        byte[] bytes = new byte[9];
        random.NextBytes(bytes);
        return string.Join(
            ' ',
            random.Next(),
            random.Next(7),
            random.NextInt64(),
            random.NextInt64(9),
            random.NextSingle(),
            random.NextDouble(),
            Convert.ToHexString(bytes));
    }
}
