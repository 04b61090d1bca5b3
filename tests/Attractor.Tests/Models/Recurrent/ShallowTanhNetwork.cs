using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Models.Recurrent;

/// <summary>A cell that the library does not have: z' = a z + W1 tanh(W2 z + h2) + h1, written on the tape.</summary>
internal class ShallowTanhNetwork : TapeRecurrentModel
{
    public static readonly RecurrentKind Cell = new("shallow-tanh", AddTensors, sizes => new ShallowTanhNetwork(Cell!, sizes))
    {
        Sizes = ["observed", "latent", "hidden"]
    };

    protected ShallowTanhNetwork(RecurrentKind kind, IReadOnlyDictionary<string, int> sizes)
        : base(kind, sizes)
    {
    }

    public int Hidden => Sizes["hidden"];

    protected internal override Variable<T> Step<T>(TapeParameters<T> parameters, Variable<T> states)
        => (states * parameters["a"]) + states.Affine(parameters["W2"], parameters["h2"]).Tanh().Affine(parameters["W1"], parameters["h1"]);

    protected override void Initialize(ulong seed)
    {
        RandomStream random = new(seed, "parameters");
        Parameters.Set("a", Draw(Latent, 0.2, 0.9));
        Parameters.Set("W1", Draw(Latent * Hidden, -0.5, 0.5));
        Parameters.Set("W2", Draw(Hidden * Latent, -0.5, 0.5));
        Parameters.Set("h2", Draw(Hidden, -0.5, 0.5));

        double[] Draw(int count, double least, double most) => [.. Enumerable.Range(0, count).Select(_ => random.NextUniform(least, most))];
    }

    protected internal override void Contract(double decay, double coupling)
    {
        Scale("a", decay);
        Scale("W1", coupling);
    }

    protected static void AddTensors(ParameterLayout layout, IReadOnlyDictionary<string, int> sizes)
    {
        layout.Vector("a", sizes["latent"], restingValue: 1);
        layout.Matrix("W1", sizes["latent"], sizes["hidden"]);
        layout.Matrix("W2", sizes["hidden"], sizes["latent"]);
        layout.Vector("h1", sizes["latent"]);
        layout.Vector("h2", sizes["hidden"]);
    }
}
