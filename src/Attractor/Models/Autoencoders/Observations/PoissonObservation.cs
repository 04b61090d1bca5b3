using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>x ~ Poisson(exp(output)).</summary>
internal sealed record PoissonObservation : ObservationModel
{
    // Most counts are small, and each is asked for at every update.
    private static readonly double[] s_logFactorials = [.. Enumerable.Range(0, 256).Select(k => k <= 1 ? 0 : LogGamma.Of(k + 1))];

    public override string Name => "poisson";

    public override string Family => "Poisson";

    public override Domain Support => Domain.Natural;

    public override Variable<T> LogLikelihood<T>(IReadOnlyList<Variable<T>> parameters, Variable<T> output, Variable<T> x)
        => (output * x) - output.Exp() - LogFactorials(x);

    protected internal override VectorValue? Trace(VectorProgram program, VectorValue output)
        => program.Apply(VectorFunction.Exp, output);

    public override double Mean(double output, ReadOnlySpan<double> parameters) => Math.Exp(output);

    public override double Sample(double output, ReadOnlySpan<double> parameters, RandomStream random)
        => new Poisson(Math.Exp(output)).Sample(random);

    public override string? Refusal(double x)
        => x >= 0 && x == Math.Floor(x) && x < double.PositiveInfinity ? null : "a Poisson decoder observes counts: 0, 1, 2, ..";

    // A count of mean m varies by 1 / sqrt(m) of it. A variable without any is rare, not impossible.
    public override (double Mean, double Scale)? OutputUnits(double mean)
        => (Math.Log(Math.Max(mean, 1e-3)), 1 / Math.Sqrt(Math.Max(mean, 1)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Variable<T> LogFactorials<T>(Variable<T> counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = new T[counts.Shape.Count];
        ReadOnlySpan<T> x = counts.Value;
        for (int i = 0; i < values.Length; i++)
        {
            double count = double.CreateTruncating(x[i]);
            bool isSmall = count >= 0 && count < s_logFactorials.Length && count == Math.Floor(count);
            values[i] = T.CreateTruncating(
                isSmall ? s_logFactorials[(int)count] : count <= 1 ? 0 : LogGamma.Of(count + 1));
        }
        return counts.Tape.Constant(counts.Shape, values);
    }
}
