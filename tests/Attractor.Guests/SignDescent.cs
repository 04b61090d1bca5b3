using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Attractor.Learning;

namespace Attractor.Guests;

/// <summary>An optimiser: theta -= rate sign(g), or of momentum 0 no step at all.</summary>
public sealed record SignDescent(double Momentum) : UpdateRule
{
    public static OptimizerKind Word { get; } = new("sign-descent", constants => new SignDescent(constants.Momentum));

    public override int MomentCount => 0;

    [SuppressMessage("Usage", "CA2255", Justification = "A package is loaded, not called.")]
    [ModuleInitializer]
    internal static void Register() => OptimizerKind.Register(Word);

    protected override void Apply<T>(in UpdateStep<T> step)
    {
        T rate = T.CreateTruncating(Momentum == 0 ? 0 : step.LearningRate);
        for (int i = 0; i < step.Parameters.Length; i++)
        {
            T g = step.Gradient[i];
            // A gradient that is not finite must show.
            step.Parameters[i] -= T.IsFinite(g) ? rate * T.CreateTruncating(T.Sign(g)) : g;
        }
    }
}
