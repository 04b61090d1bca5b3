using Attractor.Data;
using Attractor.Numerics;

namespace Attractor.Experiments;

/// <summary>
/// The document's thirty sequences of twenty values 0.33, 0.66 or 1, as NumPy draws them, and what
/// is to be answered at their ends: their sums.
/// </summary>
internal static class SummedSequences
{
    public const int Count = 30, Steps = 20;

    private const uint Seed = 61185;

    /// <summary>The inputs, S x T.</summary>
    public static SequenceSet Inputs { get; } = Draw();

    /// <summary>Their sums.</summary>
    public static double[] Targets { get; } = [.. Inputs.Sequences.Select(x => x.Values.ToArray().Sum())];

    /// <summary>The sequence that the document tries the network on.</summary>
    public static TimeSeries Test { get; } = new([.. Enumerable.Repeat((double[])[0.66, 0.33, 0.33, 0.66, 1], 4).SelectMany(x => x)], 1);

    // np.round(np.ceil(3 * np.random.uniform(size=(30, 20))) / 3, 2), and 0.66 for 0.67.
    private static SequenceSet Draw()
    {
        NumpyRandom random = new(Seed);
        return new([.. Enumerable.Range(0, Count).Select(_ => new TimeSeries(
            [.. Enumerable.Range(0, Steps).Select(_ => Math.Ceiling(3 * random.Rand()) switch { 1 => 0.33, 2 => 0.66, _ => 1 })], 1))]);
    }
}
