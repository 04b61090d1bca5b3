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

    public IReadOnlyList<ParameterTensor> Tensors()
    {
        List<ParameterTensor> tensors =
        [
            new("A", Latent, 0, A, RestingValue: 1),
            new("W1", Latent, Hidden, W1),
            new("W2", Hidden, Latent, W2),
            new("h1", Latent, 0, H1),
            new("h2", Hidden, 0, H2),
        ];
        if (Latent > Observed)
            tensors.Add(new("L", Latent - Observed, Observed, L));
        return tensors;
    }
}
