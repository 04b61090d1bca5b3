namespace Attractor.Models;

/// <summary>phi, what the readout of a reservoir sees: its states, and more if asked for.</summary>
/// <param name="Input">Whether it sees the input x_t as well.</param>
/// <param name="Constant">Whether it sees a constant 1, whose weight is penalised like the others.</param>
/// <param name="Squares">Whether the 1st, 3rd, 5th ... unit is squared: breaks the symmetry of tanh (Pathak et al., PRL 120, 2018).</param>
public sealed record ReadoutFeatures(bool Input = false, bool Constant = false, bool Squares = false)
{
    /// <summary>F, how many features there are.</summary>
    /// <param name="units">Units of the reservoir.</param>
    /// <param name="inputs">Variables of the input.</param>
    public int Count(int units, int inputs) => units + (Input ? inputs : 0) + (Constant ? 1 : 0);

    /// <summary>phi(r, x): the units, the input, the constant.</summary>
    /// <param name="state">r.</param>
    /// <param name="input">x; not looked at unless the readout sees it.</param>
    /// <param name="features">F values are written.</param>
    public void Write(ReadOnlySpan<double> state, ReadOnlySpan<double> input, Span<double> features)
    {
        state.CopyTo(features);
        if (Squares)
            for (int i = 0; i < state.Length; i += 2)
                features[i] *= features[i];
        if (Input)
            input.CopyTo(features[state.Length..]);
        if (Constant)
            features[state.Length + (Input ? input.Length : 0)] = 1;
    }
}
