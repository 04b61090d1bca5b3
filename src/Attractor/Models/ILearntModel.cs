namespace Attractor.Models;

/// <summary>A model whose parameters were learnt from data: what files and run folders ask of it.</summary>
public interface ILearntModel
{
    /// <summary>The kind as commands and files name it, such as <c>clipped-shplrnn</c>, <c>esn</c> or <c>vae</c>.</summary>
    string Kind { get; }

    /// <summary>How many numbers were learnt from data.</summary>
    int ParameterCount { get; }

    /// <summary>Its sizes in words, such as "3 latent and 50 hidden units".</summary>
    string Description { get; }
}
