using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Learning.Mixtures.Bound;

/// <summary>The bound against formulas that share no term with it.</summary>
[Trait("Registers", "Any")]
public sealed class BoundIdentityTests
{
    public static TheoryData<string> Cases => [.. MixtureCase.Names];

    public static TheoryData<string> ClosedCases
        => [.. MixtureCase.Names.Where(n => ConjugateEvidence.AppliesTo(MixtureCase.Of(n).Model()))];

    [Theory]
    [MemberData(nameof(ClosedCases))]
    public void After_the_update_of_the_parameters_the_bound_is_the_log_joint_of_fractional_assignments_and_their_entropy(string name)
    {
        MixtureCase example = MixtureCase.Of(name);
        Mixture model = example.Model();
        Assert.InRange(AssertIdentity(model, example.Rows, example.Options with { MaxSweeps = 30 }), 1 + MixtureCase.Sweeps, 31);
    }

    [Fact]
    public void The_identity_holds_at_every_sweep_of_the_earthquake_example()
        => AssertIdentity(
            EarthquakeExample.Model(MixtureWeights.Dirichlet([0.3, 0.9])),
            EarthquakeExample.Rows,
            new() { Responsibilities = EarthquakeExample.Start });

    [Theory]
    [MemberData(nameof(Cases))]
    public void After_the_update_of_the_assignments_the_bound_is_the_log_normaliser_and_what_the_parameters_add(string name)
    {
        MixtureCase example = MixtureCase.Of(name);
        Mixture model = example.Model();
        SeriesRows rows = new(example.Rows);
        using MixtureDesign design = new(model.Blocks, rows, example.Rows.Length);
        design.Fill(rows, 0, example.Rows.Length, 1);
        // Beside the constant there is nothing but what the blocks ask for.
        Assert.Equal(
            Enumerable.Range(1, design.Features - 1), design.Maps.SelectMany(m => m).Where(f => f > 0).Distinct().Order());
        using ExpectationStep step = new(model, design, 1);
        for (int sweeps = 0; sweeps <= MixtureCase.Sweeps; sweeps++)
        {
            CoordinateAscent.Fit(model, example.Rows, example.Options with { MaxSweeps = sweeps });
            step.Run();
            IReadOnlyList<ElboTerm> terms = EvidenceLowerBound.Of(model, step.Result);
            double parameters = terms.Where(t => t.Name != "entropy of assignments"
                && (t.Name.StartsWith("prior of", StringComparison.Ordinal) || t.Name.StartsWith("entropy of", StringComparison.Ordinal)))
                .Sum(t => t.Value);
            double expected = step.LogNormalizer + design.Base.Sum() + parameters;
            Assert.Equal(expected, terms.Sum(t => t.Value), 1e-11 * Math.Abs(expected));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_bound_rises_at_every_sweep(string name)
    {
        MixtureCase example = MixtureCase.Of(name);
        MixtureFit fit = CoordinateAscent.Fit(example.Model(), example.Rows, example.Options with { MaxSweeps = 300, Tolerance = 1e-13 });
        for (int sweep = 1; sweep < fit.Trace.Count; sweep++)
            Assert.True(
                fit.Trace[sweep] >= fit.Trace[sweep - 1] - (1e-12 * Math.Abs(fit.Elbo)),
                $"sweep {sweep}: from {fit.Trace[sweep - 1]:R} to {fit.Trace[sweep]:R}");
    }

    [Theory]
    [InlineData("0.mean", 3.0, "likelihood of x, y")]
    [InlineData("0.precision_of_mean", -4.0, "likelihood of x, y")]
    [InlineData("1.shape", 20.0, "likelihood of s")]
    [InlineData("1.rate", -4.0, "likelihood of s")]
    [InlineData("weights.concentration", 500.0, "assignments")]
    public void A_fault_that_is_planted_in_the_posterior_is_found_and_its_term_named(string tensor, double change, string term)
    {
        Mixture model = EarthquakeExample.Model(MixtureWeights.Dirichlet(1.5));
        MixtureCallbacks callbacks = new()
        {
            Sweep = point =>
            {
                if (point.Sweep != 3)
                    return;
                model.Tensors.Single(t => t.Name == tensor).Values[0] += change;
                model.Refresh();
            },
        };
        BoundDecreaseException e = Assert.Throws<BoundDecreaseException>(
            () => CoordinateAscent.Fit(
                model,
                EarthquakeExample.Rows,
                new() { Responsibilities = EarthquakeExample.Start, Tolerance = 1e-300 },
                callbacks: callbacks));
        Assert.Matches(
            @"^The bound fell by .* nats, from -\d.* to -\d.*, at the update of assignments in sweep 4: "
            + @"of its terms '.*' fell most, by .*\.$",
            e.Message);
        Assert.True(e.Message.Contains($"'{term}' fell most", StringComparison.Ordinal), e.Message);
    }

    [Fact]
    public void A_fault_of_a_thousandth_of_a_parameter_is_found()
    {
        // From the optimum any change is a fall, if of second order: 0.5 rho* (1e-3)^2.
        Mixture model = EarthquakeExample.Model();
        MixtureCallbacks callbacks = new()
        {
            Sweep = point =>
            {
                if (point.Sweep == 6)
                    model.Tensors[0].Values[0] += 1e-3;
            },
        };
        Assert.Throws<BoundDecreaseException>(
            () => CoordinateAscent.Fit(
                model,
                EarthquakeExample.Rows,
                new() { Responsibilities = EarthquakeExample.Start, Tolerance = 1e-300 },
                callbacks: callbacks));
    }

    [Fact]
    public void A_bound_that_is_not_a_number_is_told_with_its_term()
    {
        Mixture model = EarthquakeExample.Model();
        MixtureCallbacks callbacks = new() { Sweep = point => model.Tensors.Single(t => t.Name == "0.mean").Values[1] = double.NaN };
        BoundDecreaseException e = Assert.Throws<BoundDecreaseException>(
            () => CoordinateAscent.Fit(
                model, EarthquakeExample.Rows, new() { Responsibilities = EarthquakeExample.Start }, callbacks: callbacks));
        Assert.StartsWith(
            "The bound is not a number after the update of assignments in sweep 1: its term '", e.Message, StringComparison.Ordinal);
    }

    private static int AssertIdentity(Mixture model, TimeSeries rows, CoordinateAscentOptions options)
    {
        double[,] r = options.Responsibilities!;
        int sweeps = 0;
        CoordinateAscent.Fit(model, rows, options with { Tolerance = 1e-300 }, callbacks: new()
        {
            Sweep = point =>
            {
                double expected = ConjugateEvidence.LogJoint(model, rows, r) + ConjugateEvidence.Entropy(r);
                Assert.True(
                    Math.Abs(expected - point.Elbo) <= 2e-12 * Math.Abs(expected),
                    $"sweep {point.Sweep}: expected {expected:R}, found {point.Elbo:R}");
                r = model.Responsibilities(rows);
                sweeps++;
            },
        });
        return sweeps;
    }
}
