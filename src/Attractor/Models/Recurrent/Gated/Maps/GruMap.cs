using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// r = sigmoid(a_r), v = sigmoid(a_v), n = tanh(r a_n + b_i), z' = S n + v (z - S n). With e = S (1 - v) (1 - n^2) its tangent is
/// e a_n r (1 - r) W_r V + (z - S n) v (1 - v) W_v V + e r W_n V + v V.
/// </summary>
internal sealed class GruMap(GruNetwork network) : GatedMap(network, gates: 3)
{
    private readonly double[] _inner = network.Parameters["b"][(3 * network.Units)..].ToArray();

    protected override void Take(ReadOnlySpan<double> state, Gates gates, Span<double> next)
    {
        Activate(gates.Whole(0, 2), sigmoid: true);
        Span<double> r = gates[0], v = gates[1], own = gates[2], n = gates[3];
        gates.Whole(3, 1).Clear();
        for (int i = 0; i < Units; i++)
            n[i] = (r[i] * own[i]) + _inner[i];
        Activate(gates.Whole(3, 1), sigmoid: false);
        for (int i = 0; i < Units; i++)
        {
            double candidate = Scale[i] * n[i];
            next[i] = candidate + (v[i] * (state[i] - candidate));
        }
    }

    protected override void Differentiate(ReadOnlySpan<double> state, Gates gates, TangentRows tangents, Span<double> result)
    {
        result.Clear();
        ReadOnlySpan<double> r = gates[0], v = gates[1], own = gates[2], n = gates[3];
        for (int i = 0; i < Units; i++)
        {
            Span<double> row = result.Slice(i * tangents.Count, tangents.Count);
            double e = Scale[i] * (1 - v[i]) * (1 - (n[i] * n[i]));
            VectorOperations.AddScaled(row, e * own[i] * r[i] * (1 - r[i]), tangents.OfSum(i));
            VectorOperations.AddScaled(row, (state[i] - (Scale[i] * n[i])) * v[i] * (1 - v[i]), tangents.OfSum(Units + i));
            VectorOperations.AddScaled(row, e * r[i], tangents.OfSum((2 * Units) + i));
            VectorOperations.AddScaled(row, v[i], tangents.OfState(i));
        }
    }
}
