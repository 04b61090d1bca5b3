using Attractor.Data;

namespace Attractor.Learning;

/// <summary>An optimiser by the word that commands and configs have for it.</summary>
/// <param name="Name">The word, in lower case with hyphens.</param>
/// <param name="Create">The optimiser of some constants.</param>
/// <remarks>
/// A program that has an <see cref="UpdateRule"/> of its own registers it once, and it is named like the others:
/// <c>OptimizerKind.Register(new("adabelief", _ => new AdaBelief()))</c>.
/// </remarks>
public sealed record OptimizerKind(string Name, Func<OptimizerConstants, Optimizer> Create)
{
    // Delta_max of the papers.
    private const double LargestStep = 50;

    private static readonly NamedRegistry<OptimizerKind> s_registry = new(
        "an optimiser",
        kind => kind.Name,
        (one, other) => one == other,
        [
            new("radam", _ => Optimizer.RAdam()),
            new("adam", _ => Optimizer.Adam()),
            new("sgd", constants => Optimizer.Sgd(constants.Momentum)),
            // Resilient backpropagation knows no learning rate, but where its step sizes begin.
            new("rprop", constants => Optimizer.Rprop(
                initialStep: constants.LearningRate, largestStep: Math.Max(LargestStep, constants.LearningRate))),
        ]);

    /// <summary>All there are: those of the library, then the others in the order in which they came.</summary>
    public static IReadOnlyList<OptimizerKind> All => s_registry.All;

    /// <summary>Rectified Adam.</summary>
    public static OptimizerKind RAdam => Find("radam")!;

    /// <summary>Adam.</summary>
    public static OptimizerKind Adam => Find("adam")!;

    /// <summary>Gradient descent with momentum.</summary>
    public static OptimizerKind Sgd => Find("sgd")!;

    /// <summary>Resilient backpropagation, whose first step size is the learning rate.</summary>
    public static OptimizerKind Rprop => Find("rprop")!;

    /// <summary>The optimiser of a word; null if there is none.</summary>
    public static OptimizerKind? Find(string name) => s_registry.Find(name);

    /// <summary>Adds an optimiser, for all threads. The same one again changes nothing.</summary>
    /// <exception cref="ArgumentException">There is another one of this name, or the name is no word.</exception>
    public static void Register(OptimizerKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(kind.Create);
        ArgumentException.ThrowIfNullOrEmpty(kind.Name);
        if (!kind.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new ArgumentException(
                $"The optimiser '{kind.Name}' needs a name of lower-case letters, digits and hyphens.", nameof(kind));
        s_registry.Register(kind);
    }
}
