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

    public IReadOnlyList<ParameterTensor> Tensors()
    {
        List<ParameterTensor> tensors =
        [
            new("A", Latent, 0, A, RestingValue: 1),
            new("W", Latent, Latent, W),
            new("h", Latent, 0, H),
        ];
        if (Latent > Observed)
            tensors.Add(new("L", Latent - Observed, Observed, L));
        return tensors;
    }
}
