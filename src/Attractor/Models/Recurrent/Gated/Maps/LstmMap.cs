using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// i, f, o = sigmoid(a), g = tanh(a_g), c' = f c + i g, y = tanh(c'), h' = S o y. The tangent of c' is
/// g i (1 - i) W_i V + c f (1 - f) W_f V + i (1 - g^2) W_g V + f V_c, and that of h' is S o (1 - y^2) times it + S y o (1 - o) W_o V.
/// </summary>
internal sealed class LstmMap(LstmNetwork network) : GatedMap(network, gates: 4)
{
    protected override void Take(ReadOnlySpan<double> state, Gates gates, Span<double> next)
    {
        Activate(gates.Whole(0, 2), sigmoid: true);
        Activate(gates.Whole(2, 1), sigmoid: false);
        Activate(gates.Whole(3, 1), sigmoid: true);
        Span<double> i = gates[0], f = gates[1], g = gates[2], o = gates[3], y = gates[4];
        gates.Whole(4, 1).Clear();
        for (int j = 0; j < Units; j++)
            next[Units + j] = y[j] = (f[j] * state[Units + j]) + (i[j] * g[j]);
        Activate(gates.Whole(4, 1), sigmoid: false);
        for (int j = 0; j < Units; j++)
            next[j] = Scale[j] * o[j] * y[j];
    }

    protected override void Differentiate(ReadOnlySpan<double> state, Gates gates, TangentRows tangents, Span<double> result)
    {
        result.Clear();
        int k = tangents.Count;
        ReadOnlySpan<double> i = gates[0], f = gates[1], g = gates[2], o = gates[3], y = gates[4], c = state[Units..];
        for (int j = 0; j < Units; j++)
        {
            Span<double> output = result.Slice(j * k, k), memory = result.Slice((Units + j) * k, k);
            VectorOperations.AddScaled(memory, g[j] * i[j] * (1 - i[j]), tangents.OfSum(j));
            VectorOperations.AddScaled(memory, c[j] * f[j] * (1 - f[j]), tangents.OfSum(Units + j));
            VectorOperations.AddScaled(memory, i[j] * (1 - (g[j] * g[j])), tangents.OfSum((2 * Units) + j));
            VectorOperations.AddScaled(memory, f[j], tangents.OfState(Units + j));
            VectorOperations.AddScaled(output, Scale[j] * o[j] * (1 - (y[j] * y[j])), memory);
            VectorOperations.AddScaled(output, Scale[j] * y[j] * o[j] * (1 - o[j]), tangents.OfSum((3 * Units) + j));
        }
    }
}
