namespace Attractor.Models;

/// <summary>
/// The parameters of a DynaMix model: J almost-linear recurrent experts of M units, the last P of them rectified, whose mixture a gate
/// chooses by a context of N variables.
/// </summary>
/// <remarks>All matrices row-major.</remarks>
public sealed record DynaMixParameters
{
    /// <summary>N.</summary>
    public required int Observed { get; init; }

    /// <summary>M, at least N.</summary>
    public required int Latent { get; init; }

    /// <summary>J.</summary>
    public required int Experts { get; init; }

    /// <summary>P, 0 to M.</summary>
    public required int Rectified { get; init; }

    /// <summary>H, the hidden units of the gate.</summary>
    public required int GateHidden { get; init; }

    /// <summary>A: J x M, the diagonals.</summary>
    public required double[] A { get; init; }

    /// <summary>W: J x M x M.</summary>
    public required double[] W { get; init; }

    /// <summary>h: J x M.</summary>
    public required double[] Bias { get; init; }

    /// <summary>The convolution of the context: N x N x 2, the tap last.</summary>
    public required double[] ConvolutionWeights { get; init; }

    /// <summary>Its bias: N.</summary>
    public required double[] ConvolutionBias { get; init; }

    /// <summary>D: N x M, what of a state is compared with the context.</summary>
    public required double[] Query { get; init; }

    /// <summary>H x (N + M), of the attended context and the state.</summary>
    public required double[] GateInput { get; init; }

    /// <summary>J x H.</summary>
    public required double[] GateOutput { get; init; }

    /// <summary>Of the attention.</summary>
    public required double AttentionTemperature { get; init; }

    /// <summary>Of the gate.</summary>
    public required double GateTemperature { get; init; }

    /// <summary>sigma: N standard deviations of the noise on the query.</summary>
    public required double[] Noise { get; init; }

    /// <summary>L: (M - N) x N, from an observation to the states that are not observed.</summary>
    public required double[] Initial { get; init; }

    /// <summary>
    /// C: J x M x 2 N, what of the attended rows goes into the states themselves, of each variable the row that follows and the row; empty
    /// where they only choose among the experts, as published.
    /// </summary>
    public double[] Input { get; init; } = [];

    /// <summary>Throws unless sizes and values fit.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which.</exception>
    public void Check()
    {
        CheckSizes();
        (int n, int m, int j, int hidden) = (Observed, Latent, Experts, GateHidden);
        foreach ((string name, double[] values, long length) in ((string, double[], long)[])
        [
            ("A", A, j * m), ("W", W, (long)j * m * m), ("h", Bias, j * m), ("conv_w", ConvolutionWeights, 2 * n * n),
            ("conv_b", ConvolutionBias, n), ("D", Query, n * m), ("mlp1", GateInput, hidden * (n + m)), ("mlp2", GateOutput, j * hidden),
            ("sigma", Noise, n), ("obs_L", Initial, (m - n) * n), ("C", Input, Input.Length == 0 ? 0 : (long)j * m * 2 * n)
        ])
        {
            if (values.Length != length)
                throw new ArgumentException($"'{name}' should hold {length} values, found {values.Length}.");
            if (!values.All(double.IsFinite))
                throw new ArgumentException($"'{name}' holds a value that is not finite.");
        }
        if (!double.IsNormal(AttentionTemperature) || !double.IsNormal(GateTemperature))
            throw new ArgumentException("The temperatures 'temp1' and 'temp2' must be finite and not 0.");
    }

    internal void CheckSizes()
    {
        (int n, int m, int j, int hidden) = (Observed, Latent, Experts, GateHidden);
        if (n is < 1 or > 100 || m < n || m > 1000 || j is < 1 or > 1000 || hidden is < 1 or > 10_000 || Rectified < 0 || Rectified > m)
            throw new ArgumentException(
                $"{n} variables, {m} units of which {Rectified} are rectified, {j} experts and {hidden} units of the gate are no model.");
    }
}
