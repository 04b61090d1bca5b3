using System.Globalization;
using System.Text.Json;
using Attractor.Numerics;

namespace Attractor.Tests.Numerics.Randomness;

/// <summary>Against numpy_random.golden.json, which numpy_golden.py writes.</summary>
[Trait("Registers", "Narrow")]
public sealed class NumpyRandomTests
{
    [Fact]
    public void Every_function_gives_the_bits_of_NumPy_alone_and_interleaved_with_the_others()
    {
        using Stream file = typeof(NumpyRandomTests).Assembly.GetManifestResourceStream(
            typeof(NumpyRandomTests), "numpy_random.golden.json")!;
        using JsonDocument golden = JsonDocument.Parse(file);
        int compared = 0;
        foreach (JsonElement stream in golden.RootElement.EnumerateArray())
        {
            uint seed = stream.GetProperty("seed").GetUInt32();
            NumpyRandom random = new(seed);
            foreach (JsonElement call in stream.GetProperty("calls").EnumerateArray())
            {
                string name = call.GetProperty("name").GetString()!;
                JsonElement[] arguments = [.. call.GetProperty("arguments").EnumerateArray()];
                string[] expected = [.. call.GetProperty("values").EnumerateArray().Select(value => value.GetString()!)];
                Assert.True(expected.SequenceEqual(Call(random, name, arguments)), $"seed {seed}: {call}");
                compared++;
            }
        }
        Assert.Equal((12 * 2 * 19) + 1, compared);
    }

    [Fact]
    public void Seed_87_gives_the_normal_numbers_known_from_the_field()
    {
        NumpyRandom random = new(87);
        Assert.Equal([0.37237552, 0.12791554, 0.52721226], Enumerable.Range(0, 3).Select(_ => Math.Round(random.Randn(), 8)));
    }

    [Fact]
    public void Impossible_ranges_and_sizes_are_refused()
    {
        NumpyRandom random = new(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.RandInt(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Normal(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Permutation(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Choice(5, 6, replace: false));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Choice(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Choice(5, -1));
    }

    private static string[] Call(NumpyRandom random, string name, JsonElement[] arguments)
    {
        double Number(int i) => arguments[i].GetDouble();
        long Long(int i) => long.Parse(arguments[i].GetString()!, CultureInfo.InvariantCulture);
        int Count() => arguments[^1].GetInt32();
        switch (name)
        {
            case "rand": return Bits(Count(), random.Rand);
            case "randn": return Bits(Count(), random.Randn);
            case "uniform": return Bits(Count(), () => random.Uniform(Number(0), Number(1)));
            case "normal": return Bits(Count(), () => random.Normal(Number(0), Number(1)));
            case "randint": return Integers(Enumerable.Range(0, Count()).Select(_ => random.RandInt(Long(0), Long(1))));
            case "permutation": return Integers(random.Permutation(Count()).Select(value => (long)value));
            case "choice":
                return Integers(
                    random.Choice(arguments[0].GetInt32(), arguments[1].GetInt32(), arguments[2].GetBoolean()).Select(
                        value => (long)value));
            case "shuffle":
                long[] items = [.. Enumerable.Range(0, Count()).Select(i => 10L * i)];
                random.Shuffle<long>(items);
                return Integers(items);
            default: throw new ArgumentException($"No such function: {name}", nameof(name));
        }
    }

    private static string[] Bits(int count, Func<double> draw)
        => [.. Enumerable.Range(0, count).Select(
            _ => BitConverter.DoubleToUInt64Bits(draw()).ToString("x16", CultureInfo.InvariantCulture))];

    private static string[] Integers(IEnumerable<long> values) => [.. values.Select(value => value.ToString(CultureInfo.InvariantCulture))];
}
