namespace Attractor.Reports;

/// <summary>A column of categories, or of yes and no, and what the components make of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Categories">The names of its C categories; of a binary column one is enough, that of a one.</param>
/// <param name="Probabilities">The posterior mean probability of each category in each component: K x C, row by row.</param>
public sealed record CategoryColumn(string Name, IReadOnlyList<string> Categories, IReadOnlyList<double> Probabilities);
