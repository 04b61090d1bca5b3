using System.Text.Json;
using Attractor.Evaluation;

namespace Attractor.Tests.Evaluation;

/// <summary>Against metrics_golden.py, which computes the same with NumPy and SciPy.</summary>
public sealed class MetricsGoldenTests
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    public sealed record Case(
        int Dimension, int Length, int GeneratedLength, double Decay, double GeneratedDecay, double Shift, int Bins, double Sigma,
        double StateSpaceDivergence, double HellingerDistance, double[] SpectrumHead, int FormBins,
        double FormDivergence, double MeanLogDensity)
    {
        internal TimeSeries Truth => GoldenSeries.Make(1, Length, Dimension, Decay, 0);

        internal TimeSeries Generated => GoldenSeries.Make(2, GeneratedLength, Dimension, GeneratedDecay, Shift);
    }

    public static TheoryData<Case> Cases()
    {
        using Stream stream = typeof(MetricsGoldenTests).Assembly.GetManifestResourceStream(
            "Attractor.Tests.Evaluation.metrics.golden.json")!;
        return [.. JsonSerializer.Deserialize<Case[]>(stream, s_options)!];
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void State_space_divergence_agrees_with_NumPy(Case expected)
        => AssertClose(expected.StateSpaceDivergence, StateSpaceDivergence.Binned(expected.Truth, expected.Generated, expected.Bins));

    /// <summary>
    /// Bins that the rows can fill, of five variables over their leading components: by a singular value decomposition there.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_form_that_the_rows_can_fill_agrees_with_NumPy(Case expected)
    {
        DivergenceForm form = DivergenceForm.Of(expected.Truth);
        Assert.Equal(expected.FormBins, form.Bins);
        AssertClose(expected.FormDivergence, form.Between(expected.Truth, expected.Generated));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Hellinger_distance_agrees_with_SciPy(Case expected)
        => AssertClose(expected.HellingerDistance, HellingerDistance.Between(expected.Truth, expected.Generated, expected.Sigma));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Smoothed_spectrum_agrees_with_SciPy(Case expected)
    {
        double[] power = PowerSpectrum.Of(expected.Truth, 0, expected.Sigma).Power;
        Assert.Equal(1, power.Sum(), 1e-12);
        for (int f = 0; f < expected.SpectrumHead.Length; f++)
            AssertClose(expected.SpectrumHead[f], power[f]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Mixture_density_agrees_with_SciPy(Case expected)
    {
        TimeSeries truth = expected.Truth, generated = expected.Generated;
        double[] logs = new double[generated.Length];
        double mean = Enumerable.Range(0, 50)
            .Average(t => StateSpaceDivergence.LogDensity(generated.Values, truth.Row(t), 0.3, logs));
        AssertClose(expected.MeanLogDensity, mean);
    }

    private static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, 1e-9 * Math.Abs(expected));
}
