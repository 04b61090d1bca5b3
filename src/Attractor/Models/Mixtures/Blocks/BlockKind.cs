using Attractor.Data;

namespace Attractor.Models;

/// <summary>A kind of block by the name that files give it, and how a block is made again of what a file says.</summary>
/// <param name="Name">What <see cref="ConjugateBlock.Kind"/> says of its blocks.</param>
/// <param name="Create">
/// The block of a record: the inverse of <see cref="ConjugateBlock.Hyperparameters"/>. It may throw an <see cref="ArgumentException"/> for
/// a record that says no such block.
/// </param>
/// <remarks>
/// A program that defines a block of its own registers its kind once, before it loads a model with such a block:
/// <c>BlockKind.Register(new("exponential", r => ...))</c>.
/// </remarks>
public sealed record BlockKind(string Name, Func<BlockRecord, ConjugateBlock> Create)
{
    private static readonly NamedRegistry<BlockKind> s_registry = new(
        "a kind of block",
        kind => kind.Name,
        (one, other) => one == other,
        [
            GaussianMeanBlock.Registration,
            NormalGammaBlock.Registration,
            NormalWishartBlock.Registration,
            PoissonBlock.Registration,
            BernoulliBlock.Registration,
            CategoricalBlock.Registration,
        ]);

    /// <summary>All kinds there are: those of the library, then the others in the order in which they came.</summary>
    public static IReadOnlyList<BlockKind> All => s_registry.All;

    /// <summary>Adds a kind, for all threads. The same one again changes nothing.</summary>
    /// <exception cref="ArgumentException">There is another kind of this name.</exception>
    public static void Register(BlockKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentException.ThrowIfNullOrEmpty(kind.Name);
        ArgumentNullException.ThrowIfNull(kind.Create);
        s_registry.Register(kind);
    }

    /// <summary>The block that a record says.</summary>
    /// <exception cref="ArgumentException">There is no such kind, or no such block of it.</exception>
    public static ConjugateBlock Read(BlockRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        BlockKind kind = s_registry.Find(record.Kind)
            ?? throw new ArgumentException(
                $"'{record.Kind}' is no kind of block; known are {string.Join(", ", s_registry.Names)}, "
                + "and what BlockKind.Register was given.",
                nameof(record));
        return StandardizedBlock.InUnits(kind.Create(record), record);
    }
}
