namespace Attractor.Models;

/// <summary>Where each tensor of a network that rectifies its own state lies in the flat buffer.</summary>
/// <param name="Observed">N.</param>
/// <param name="Latent">M.</param>
/// <param name="Bases">B of a dendritic network, else 0.</param>
internal readonly record struct PlrnnLayout(int Observed, int Latent, int Bases = 0)
{
    public const int A = 0;

    /// <summary>Whether a weight from a unit to itself is a parameter beside A.</summary>
    public bool HasDiagonal { get; init; }

    public int W => Latent;

    public int H => W + (Latent * Latent);

    public int Slopes => H + Latent;

    public int Thresholds => Slopes + Bases;

    public int L => Thresholds + (Latent * Bases);

    public void AddTo(ParameterLayout layout)
    {
        layout.Vector("A", Latent, restingValue: 1);
        layout.Matrix("W", Latent, Latent);
        layout.Vector("h", Latent);
        if (Bases == 0)
            return;
        layout.Vector("alpha", Bases);
        // Thresholds lie where the data do: nothing draws them anywhere.
        layout.Matrix("H", Latent, Bases, restingValue: double.NaN);
    }
}
