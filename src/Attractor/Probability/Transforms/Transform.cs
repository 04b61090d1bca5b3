using Attractor.Differentiation;

namespace Attractor.Probability;

/// <summary>
/// A smooth one-to-one map from unconstrained numbers to where a quantity lives, with the logarithm of its Jacobian determinant, so that a
/// density there can be fitted by one on all of R^n.
/// </summary>
/// <remarks>The maps are those of Kucukelbir et al., "Automatic differentiation variational inference" (JMLR 2017).</remarks>
public abstract class Transform
{
    private protected Transform()
    {
    }

    /// <summary>All real numbers: the identity.</summary>
    public static Transform Real { get; } = new RealLine();

    /// <summary>Numbers above 0: x = e^z.</summary>
    public static Transform Positive { get; } = new PositiveHalfLine();

    /// <summary>Numbers between two bounds: x = low + (high - low) / (1 + e^-z).</summary>
    /// <exception cref="ArgumentException">The bounds are not finite, or not in order.</exception>
    public static Transform Interval(double low, double high) => new OpenInterval(low, high);

    /// <summary>Positive numbers that sum to 1, by breaking a stick: z = 0 gives equal ones.</summary>
    public static Transform Simplex { get; } = new StickBreaking();

    /// <summary>What it takes values to, as messages say it.</summary>
    public abstract string Description { get; }

    /// <summary>How many unconstrained numbers stand for a quantity of <paramref name="size"/> numbers.</summary>
    public virtual int UnconstrainedSize(int size) => size;

    /// <summary>The fewest numbers that such a quantity has.</summary>
    public virtual int SmallestSize => 1;

    /// <summary>The quantity, row by row, and log |det dx/dz| of each row.</summary>
    /// <param name="unconstrained">z, n x <see cref="UnconstrainedSize"/>.</param>
    /// <returns>x, n x size, and a column of n log determinants.</returns>
    public abstract (Variable<double> Value, Variable<double> LogDeterminant) Constrain(Variable<double> unconstrained);

    /// <summary>The unconstrained numbers of a quantity: the inverse.</summary>
    /// <param name="value">x.</param>
    /// <param name="unconstrained">z, <see cref="UnconstrainedSize"/> values; written.</param>
    /// <exception cref="ArgumentException">The quantity is not where it should be.</exception>
    public abstract void Unconstrain(ReadOnlySpan<double> value, Span<double> unconstrained);

    /// <summary>Throws that a value is not where it should be.</summary>
    private protected void Refuse(double value) => throw new ArgumentException($"Expected {Description}, found {value}.", nameof(value));
}
