namespace Attractor.Models;

/// <summary>All kinds of recurrent networks: the library's, then those that were registered.</summary>
internal static class RecurrentKinds
{
    private static readonly Lock s_lock = new();
    private static IReadOnlyList<RecurrentKind> s_all =
    [
        ShallowPlrnn.Cell, ClippedShallowPlrnn.Cell, Plrnn.Cell,
        AlmostLinearRnn.Cell, DendriticPlrnn.Cell, ClippedDendriticPlrnn.Cell, MeanCentredPlrnn.Cell,
        ElmanNetwork.Cell, GruNetwork.Cell, LstmNetwork.Cell,
    ];

    public static IReadOnlyList<string> Names => [.. s_all.Select(k => k.Name)];

    public static RecurrentKind? Find(string name) => s_all.FirstOrDefault(k => k.Name == name);

    public static RecurrentKind Get(string name)
        => Find(name) ?? throw new ArgumentException($"There is no model '{name}'; there are {string.Join(", ", Names)}.", nameof(name));

    public static void Register(RecurrentKind kind)
    {
        lock (s_lock)
        {
            if (s_all.Contains(kind))
                return;
            if (Find(kind.Name) is not null)
                throw new ArgumentException($"There is a kind '{kind.Name}' already; a cell needs a name of its own.", nameof(kind));
            if (!kind.Sizes.Contains(RecurrentKind.Observed) || !kind.Sizes.Contains(RecurrentKind.Latent))
                throw new ArgumentException(
                    $"The kind {kind.Name} has the sizes {string.Join(", ", kind.Sizes)}; observed and latent must be among them.",
                    nameof(kind));
            s_all = [.. s_all, kind];
        }
    }
}
