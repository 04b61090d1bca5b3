using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Tests.Learning;

/// <summary>Segments as lanes against the same sequence as one window.</summary>
[Trait("Registers", "Narrow")]
public sealed class SequenceGradientTests
{
    private static readonly TimeSeries s_orbit = Lorenz63.Default.Simulate(steps: 12_000, dt: 0.02).Standardize();

    private static readonly SequenceGradientOptions s_precise = new() { Precision = Precision.Float64 };

    public static TheoryData<string> Kinds() => [.. LibraryCells.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Cut_at_forced_steps_sparse_forcing_is_exact(string kind)
    {
        // A length that no segment and no interval divides.
        TimeSeries sequence = s_orbit.Slice(0, 1238);
        RecurrentModel model = Contracting(kind, latent: 3);
        SequenceGradient found = SequenceGradient.Of(model, sequence, TeacherForcing.Sparse(11), s_precise);
        Assert.Equal(0, found.BurnIn);
        Assert.True(found.Segments > 4);
        AssertEqual(Sequential(model, sequence, TeacherForcing.Sparse(11)), found, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Under_generalised_forcing_the_burn_in_leaves_less_than_a_millionth(string kind)
    {
        TimeSeries sequence = s_orbit.Slice(0, 3001);
        RecurrentModel model = Contracting(kind, latent: 3);
        SequenceGradient found = SequenceGradient.Of(model, sequence, TeacherForcing.Generalized(0.2), s_precise);
        Assert.True(found.Segments > 4 && found.BurnIn > 0);
        Assert.InRange(found.SeamError, 0, 1e-6);
        AssertEqual(Sequential(model, sequence, TeacherForcing.Generalized(0.2)), found, 1e-6);
    }

    [Theory]
    [InlineData("shplrnn")]
    [InlineData("plrnn")]
    [InlineData("lstm")]
    public void Units_that_no_data_force_and_external_inputs_go_along(string kind)
    {
        RecurrentModel model = Driven(kind);
        TimeSeries sequence = WithInputs(s_orbit.Slice(0, 6001));
        foreach (TeacherForcing forcing in (TeacherForcing[])[TeacherForcing.Sparse(9), TeacherForcing.Generalized(0.3), new Alternating()])
        {
            SequenceGradient found = SequenceGradient.Of(model, sequence, forcing, s_precise);
            Assert.True(found.Segments > 4 && found.BurnIn > 0);
            AssertEqual(Sequential(model, sequence, forcing), found, 1e-6);
        }
    }

    [Fact]
    public void It_agrees_with_central_differences()
    {
        RecurrentModel model = Contracting("shplrnn", latent: 5);
        TimeSeries sequence = s_orbit.Slice(0, 2600);
        GradientCheck check = Gradient.Check(
            parameters =>
            {
                model.Parameters.Set(parameters);
                SequenceGradient found = SequenceGradient.Of(model, sequence, TeacherForcing.Generalized(0.4), s_precise);
                Assert.True(found.Segments > 2);
                return (found.Loss, found.Gradient.ToArray());
            },
            model.Parameters.Values,
            step: 1e-6);
        Assert.True(check.RelativeError <= 1e-6, $"component {check.Index}: {check.RelativeError}");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    public void In_float32_it_is_as_near_as_float32_is(int latent)
    {
        RecurrentModel model = Contracting("clipped-shplrnn", latent);
        SequenceGradient found = SequenceGradient.Of(model, s_orbit, TeacherForcing.Generalized(0.2));
        Assert.True(found.Segments > 4);
        AssertEqual(Sequential(model, s_orbit, TeacherForcing.Generalized(0.2)), found, 1e-5);
    }

    [Fact]
    public void The_bits_are_those_of_any_number_of_threads()
    {
        RecurrentModel model = Contracting("shplrnn", latent: 20, hidden: 200);
        SequenceGradientOptions options = new() { BurnIn = 20 };
        SequenceGradient one = SequenceGradient.Of(model, s_orbit, TeacherForcing.Generalized(0.5), options);
        SequenceGradient all = SequenceGradient.Of(model, s_orbit, TeacherForcing.Generalized(0.5), options with { Threads = null });
        Assert.True(one.Segments > 16);
        Assert.Equal(one.Loss, all.Loss);
        Assert.Equal(one.Gradient.ToArray(), all.Gradient.ToArray());
    }

    [Fact]
    public void What_is_not_forgotten_is_not_cut()
    {
        // The map of an expanding direction that a clip folds back: chaotic when nothing forces it.
        ClippedShallowPlrnn model = new(observed: 3, latent: 3, hidden: 40, seed: 3);
        model.Parameters.Set("W1", [.. model.Parameters["W1"].ToArray().Select(w => 6 * w)]);
        TimeSeries sequence = s_orbit.Slice(0, 2001);
        TeacherForcing none = TeacherForcing.Generalized(0);
        SequenceGradient found = SequenceGradient.Of(model, sequence, none, s_precise);
        Assert.Equal(1, found.Segments);
        Assert.Equal(0, found.SeamError);
        Assert.Equal(Sequential(model, sequence, none).Loss, found.Loss, 1e-9 * found.Loss);
        // Asked for by number it is cut all the same, and says what that is worth.
        SequenceGradient cut = SequenceGradient.Of(model, sequence, none, s_precise with { BurnIn = 20 });
        Assert.True(cut.Segments > 1 && cut.SeamError > 0.01);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        RecurrentModel model = Contracting("shplrnn", latent: 3);
        TeacherForcing forcing = TeacherForcing.Generalized(0.1);
        Assert.Contains("observes 3 variables", Refusal(model, new([1, 2, 3, 4], 2), forcing), StringComparison.Ordinal);
        Assert.Contains("takes 2 at least", Refusal(model, new([1, 2, 3], 3), forcing), StringComparison.Ordinal);
        Assert.Contains("holds", Refusal(model, new([1, 2, 3, 4, double.NaN, 6], 3), forcing), StringComparison.Ordinal);
        Assert.Contains(
            "Generalized(alpha)", Refusal(model, s_orbit, TeacherForcing.Adaptive()), StringComparison.Ordinal);
        Assert.Contains(
            "burn-in of -1", Refusal(model, s_orbit, forcing, new() { BurnIn = -1 }), StringComparison.Ordinal);
        Assert.Contains(
            "number of threads", Refusal(model, s_orbit, forcing, new() { Threads = 0 }), StringComparison.Ordinal);
    }

    private static string Refusal(
        RecurrentModel model, TimeSeries sequence, TeacherForcing forcing, SequenceGradientOptions? options = null)
        => Assert.Throws<ArgumentException>(() => SequenceGradient.Of(model, sequence, forcing, options)).Message;

    private static (double Loss, double[] Gradient) Sequential(RecurrentModel model, TimeSeries sequence, TeacherForcing forcing)
        => Training.LossAndGradient(model, [sequence], new() { Forcing = forcing, SequenceLength = sequence.Length - 1 });

    private static void AssertEqual((double Loss, double[] Gradient) expected, SequenceGradient found, double tolerance)
    {
        Assert.Equal(expected.Loss, found.Loss, tolerance * expected.Loss);
        double scale = expected.Gradient.Max(Math.Abs);
        for (int i = 0; i < expected.Gradient.Length; i++)
            Assert.Equal(expected.Gradient[i], found.Gradient[i], tolerance * scale);
    }

    private static RecurrentModel Contracting(string kind, int latent, int hidden = 24)
        => BpttGradientTests.Model(kind, observed: 3, latent, hidden, seed: 5);

    private static RecurrentModel Driven(string kind)
    {
        Dictionary<string, int> sizes = new() { ["observed"] = 3, ["latent"] = 8, ["inputs"] = 2 };
        if (kind == "shplrnn")
            sizes["hidden"] = 20;
        RecurrentModel model = RecurrentModel.Create(kind, sizes, seed: 3);
        model.Parameters.Set("C", [.. Enumerable.Range(0, 16).Select(i => 0.2 * Math.Sin(i))]);
        return model;
    }

    private static TimeSeries WithInputs(TimeSeries series)
    {
        double[] inputs = [.. Enumerable.Range(0, 2 * series.Length).Select(i => Math.Sin(0.3 * i))];
        return series.WithInputs(new TimeSeries(inputs, 2));
    }

    // Another strength at every second step.
    private sealed record Alternating : TeacherForcing
    {
        public override double Strength(int t) => t % 2 == 0 ? 0.5 : 0.1;
    }
}
