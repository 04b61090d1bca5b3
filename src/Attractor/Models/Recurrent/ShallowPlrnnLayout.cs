namespace Attractor.Models;

/// <summary>Where each tensor of a shallow PLRNN lies in the flat buffer.</summary>
/// <param name="Observed">N.</param>
/// <param name="Latent">M.</param>
/// <param name="Hidden">L.</param>
internal readonly record struct ShallowPlrnnLayout(int Observed, int Latent, int Hidden)
{
    public const int A = 0;

    public int W1 => Latent;

    public int W2 => W1 + (Latent * Hidden);

    public int H1 => W2 + (Hidden * Latent);

    public int H2 => H1 + Latent;

    public int L => H2 + Hidden;

    public void AddTo(ParameterLayout layout)
    {
        layout.Vector("A", Latent, restingValue: 1);
        layout.Matrix("W1", Latent, Hidden);
        layout.Matrix("W2", Hidden, Latent);
        layout.Vector("h1", Latent);
        layout.Vector("h2", Hidden);
    }
}
