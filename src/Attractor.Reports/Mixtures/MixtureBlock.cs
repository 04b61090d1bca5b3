namespace Attractor.Reports;

/// <summary>Columns that a mixture describes by one distribution, for the graphical model.</summary>
/// <param name="Symbol">The observed variable: <c>x_n</c>.</param>
/// <param name="Meaning">What it is: "longitude and latitude, Gaussian".</param>
/// <param name="Parameters">The parameters of the distribution.</param>
public sealed record MixtureBlock(string Symbol, string Meaning, IReadOnlyList<MixtureParameter> Parameters);
