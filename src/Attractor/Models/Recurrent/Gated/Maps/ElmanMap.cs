using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>z' = S tanh(a); its tangent is S (1 - tanh^2 a) W V.</summary>
internal sealed class ElmanMap(ElmanNetwork network) : GatedMap(network, gates: 1)
{
    protected override void Take(ReadOnlySpan<double> state, Gates gates, Span<double> next)
    {
        Activate(gates.Whole(0, 1), sigmoid: false);
        Span<double> y = gates[0];
        for (int i = 0; i < Units; i++)
            next[i] = Scale[i] * y[i];
    }

    protected override void Differentiate(ReadOnlySpan<double> state, Gates gates, TangentRows tangents, Span<double> result)
    {
        result.Clear();
        ReadOnlySpan<double> y = gates[0];
        for (int i = 0; i < Units; i++)
            VectorOperations.AddScaled(
                result.Slice(i * tangents.Count, tangents.Count), Scale[i] * (1 - (y[i] * y[i])), tangents.OfSum(i));
    }
}
