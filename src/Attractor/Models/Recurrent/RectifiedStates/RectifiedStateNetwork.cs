using Attractor.Systems;

namespace Attractor.Models;

/// <summary>
/// A network whose latent units are rectified themselves: z' = A z + W phi(z) + h, A diagonal, phi piecewise linear unit by unit.
/// </summary>
/// <remarks>
/// A (M), W (M x M), h (M), what phi has, and L ((M - N) x N) for the initial state where M > N. Its Jacobian is A + W D with D the
/// diagonal of the slopes of phi. The kinds differ in phi alone: <see cref="Plrnn"/>, <see cref="AlmostLinearRnn"/>,
/// <see cref="MeanCentredPlrnn"/>, <see cref="DendriticPlrnn"/> and <see cref="ClippedDendriticPlrnn"/>.
/// </remarks>
public abstract class RectifiedStateNetwork : RecurrentModel, IPiecewiseLinearMap
{
    private protected RectifiedStateNetwork(
        RecurrentKind kind, IReadOnlyDictionary<string, int> sizes, PlrnnLayout layout, StateUnits units)
        : base(kind, sizes)
        => (Layout, Units) = (layout, units);

    /// <inheritdoc/>
    public int Boundaries => Units.Boundaries;

    private protected PlrnnLayout Layout { get; }

    /// <summary>phi.</summary>
    private protected StateUnits Units { get; }

    /// <inheritdoc/>
    public void BoundaryValues(ReadOnlySpan<double> state, Span<double> values) => Units.BoundaryValues(Parameters.Values, state, values);

    /// <inheritdoc/>
    public void AffineMap(ReadOnlySpan<ulong> region, Span<double> matrix, Span<double> offset)
    {
        int m = Latent;
        double[] slopes = new double[m], constants = new double[m];
        Units.Affine(Parameters.Values, region, slopes, constants);
        ReadOnlySpan<double> a = Parameters["A"], w = Parameters["W"];
        Parameters["h"].CopyTo(offset);
        for (int i = 0; i < m; i++)
        {
            Span<double> row = matrix.Slice(i * m, m);
            double mean = 0;
            for (int j = 0; j < m; j++)
            {
                // Where a unit has no slope its weight has no part, were it infinite.
                row[j] = slopes[j] == 0 ? 0 : w[(i * m) + j] * slopes[j];
                mean += row[j] / m;
                if (constants[j] != 0)
                    offset[i] += w[(i * m) + j] * constants[j];
            }
            for (int j = 0; j < m && Units.IsCentred; j++)
                row[j] -= mean;
            row[i] += a[i];
        }
    }

    /// <inheritdoc/>
    public override double? JacobianUpperBound()
        => Parameters["A"].ToArray().Max(Math.Abs) + (NormOf("W") * Units.LargestSlope(Parameters.Values));

    /// <inheritdoc/>
    protected internal override void Contract(double decay, double coupling)
    {
        Scale("A", decay);
        Scale("W", coupling);
    }

    /// <inheritdoc/>
    protected internal sealed override VectorValue? Trace(VectorProgram program, VectorValue state)
    {
        VectorValue seen = Units.IsCentred ? Centre(program, state) : state;
        VectorValue linear = program.Multiply(program.Constant(Parameters["A"]), state);
        return program.Add(linear, program.Affine(Parameters["W"], Parameters["h"], Units.Trace(Parameters.Values, program, seen)));
    }

    private static VectorValue Centre(VectorProgram program, VectorValue state)
    {
        double[] centring = new double[state.Length * state.Length];
        for (int i = 0; i < centring.Length; i++)
            centring[i] = (i % (state.Length + 1) == 0 ? 1 : 0) - (1.0 / state.Length);
        return program.Affine(centring, [], state);
    }

    private protected override RecurrentMap CreateMap() => new PlrnnMap(Layout, Units, Parameters);

    /// <summary>Refuses sizes that cannot be.</summary>
    private protected static PlrnnLayout Checked(PlrnnLayout layout)
    {
        const int MostWeights = int.MaxValue / 2;
        long latent = layout.Latent;
        return latent * (latent + layout.Bases) <= MostWeights
            ? layout
            : throw new ArgumentOutOfRangeException(
                nameof(layout),
                layout.Bases > 0 && latent * latent <= MostWeights
                    ? $"A network of {latent} units with {layout.Bases} bases each has too many thresholds."
                    : $"A network of {latent} x {latent} units has too many weights: "
                        + $"a latent size of {(int)Math.Sqrt(MostWeights)} is the largest.");
    }
}
