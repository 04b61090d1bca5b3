namespace Attractor.Models;

/// <summary>Where each tensor of a PLRNN lies in the flat buffer.</summary>
/// <param name="Observed">N.</param>
/// <param name="Latent">M.</param>
internal readonly record struct PlrnnLayout(int Observed, int Latent)
{
    public const int A = 0;

    public int W => Latent;

    public int H => W + (Latent * Latent);

    public int L => H + Latent;

    public void AddTo(ParameterLayout layout)
    {
        layout.Vector("A", Latent, restingValue: 1);
        layout.Matrix("W", Latent, Latent);
        layout.Vector("h", Latent);
    }
}
