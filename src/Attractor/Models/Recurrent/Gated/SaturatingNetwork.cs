using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// A cell of H saturating units that reads its own output and no input: <see cref="ElmanNetwork"/>, <see cref="GruNetwork"/>,
/// <see cref="LstmNetwork"/>.
/// </summary>
/// <remarks>
/// W (one H x H block for each gate, one under the other), b, S (H, what the outputs of the units are multiplied with), and L for the
/// initial state where there is more state than is observed. Published networks of this kind read their observations out by an affine map
/// B; here the first N units are the observations themselves, as everywhere in this library, and S, which is learnt, takes the place of B:
/// an output within -1 to 1 would not reach the data. With S = 1 the equations are those of PyTorch with a zero input.
/// </remarks>
public abstract class SaturatingNetwork : RecurrentModel
{
    private const double Reach = 1.25;

    private const int MostLatent = 15_000;

    private readonly int _gates;

    private protected SaturatingNetwork(RecurrentKind kind, IReadOnlyDictionary<string, int> sizes, int units, int gates)
        : base(kind, sizes)
        => (Units, _gates) = (units, gates);

    /// <summary>H, the units with an output.</summary>
    public int Units { get; }

    /// <summary>Scales the outputs of the observed units so that they reach a quarter beyond the data; the others stay.</summary>
    /// <inheritdoc/>
    public override void PlaceWithin(double least, double most, ulong seed)
    {
        double reach = Reach * Math.Max(Math.Abs(least), Math.Abs(most));
        // An affine observation reaches the data by itself.
        if (!IsIdentity || !(reach > 0) || !double.IsFinite(reach))
            return;
        double[] scale = Parameters["S"].ToArray(), w = Parameters["W"].ToArray();
        for (int j = 0; j < Observed; j++)
        {
            // What the other units see of it stays as it was.
            for (int i = 0; i < _gates * Units; i++)
                w[(i * Units) + j] *= scale[j] / reach;
            scale[j] = reach;
        }
        Parameters.Set("S", scale);
        Parameters.Set("W", w);
    }

    /// <summary>Weights and biases uniform within 1 / sqrt(H), as those of PyTorch.</summary>
    /// <inheritdoc/>
    protected override void Initialize(ulong seed)
    {
        RandomStream random = new(seed, "parameters");
        double bound = 1 / Math.Sqrt(Units);
        foreach (string tensor in (string[])["W", "b"])
            Parameters.Set(
                tensor, [.. Enumerable.Range(0, Parameters[tensor].Length).Select(_ => random.NextUniform(-bound, bound))]);
        Parameters.Set("S", [.. Enumerable.Repeat(1.0, Units)]);
    }

    /// <inheritdoc/>
    protected internal override void Contract(double decay, double coupling) => Scale("W", coupling);

    private protected static RecurrentKind KindOf(
        string name, int gates, int biases, int statesOfUnit, Func<IReadOnlyDictionary<string, int>, RecurrentModel> create)
        => new(
            name,
            (layout, sizes) =>
            {
                int units = UnitsOf(sizes, statesOfUnit);
                layout.Matrix("W", gates * units, units);
                layout.Vector("b", biases * units);
                // No penalty draws the reach of the network to nothing.
                layout.Vector("S", units, restingValue: double.NaN);
            },
            create)
        {
            StatesOfUnit = statesOfUnit,
        };

    private protected static int UnitsOf(IReadOnlyDictionary<string, int> sizes, int statesOfUnit)
    {
        (int observed, int latent) = (RecurrentKind.ReadOf(sizes), sizes[RecurrentKind.Latent]);
        if (latent % statesOfUnit != 0 || observed > latent / statesOfUnit)
            throw new ArgumentOutOfRangeException(
                nameof(sizes),
                latent,
                $"The state of {latent} values must be outputs and as many memories: an even number, at least {2L * observed}.");
        return latent <= MostLatent
            ? latent / statesOfUnit
            : throw new ArgumentOutOfRangeException(
                nameof(sizes),
                latent,
                $"A network of {latent} x {latent} units has too many weights: a latent size of {MostLatent} is the largest.");
    }
}
