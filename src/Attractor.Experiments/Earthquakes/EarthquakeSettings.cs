using Attractor.Models;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The settings of the experiment on earthquakes: the document's model, its priors, and how it is fitted.</summary>
internal sealed record EarthquakeSettings : ExperimentSettings
{
    [Setting("a catalogue of real earthquakes as .csv, with columns such as longitude, latitude, stations", Default = "none")]
    public string? Data { get; init; }

    [Setting("earthquakes to draw from the model", Least = 20, Most = 1_000_000, Unit = "rows")]
    public int Rows { get; init; } = 2000;

    [Setting("components that they are drawn from", Least = 1, Most = 20)]
    public int Truth { get; init; } = 5;

    [Setting("K, numbers of components to try on them")]
    public IReadOnlyList<int> Components { get; init; } = [1, 2, 3, 4, 5, 6, 7, 8];

    [Setting("K, numbers of components to try on the catalogue")]
    public IReadOnlyList<int> CatalogueComponents { get; init; } = [5, 10, 15, 20, 25, 30];

    [Setting("starts for each of them; the best number of components has four times as many", Least = 1, Most = 1000)]
    public int Restarts { get; init; } = 5;

    [Setting("tau, known precision of the positions, 1 / degrees^2", Above = 0)]
    public double Tau { get; init; } = 0.25;

    [Setting("nu, prior mean of the centres: longitude,latitude; of a catalogue the means of its columns")]
    public IReadOnlyList<double> Nu { get; init; } = [180, -20];

    [Setting("rho, prior precision of the centres, 1 / degrees^2; of a catalogue 1 / the larger variance", Above = 0)]
    public double Rho { get; init; } = 0.01;

    [Setting("alpha, shape of the prior of the strengths", Above = 0)]
    public double Alpha { get; init; } = 2;

    [Setting("beta, rate of that prior; of a catalogue alpha / the mean strength", Above = 0)]
    public double Beta { get; init; } = 0.05;

    [Setting("concentration of the weights of the freer model of the catalogue; far below 1, components that are not needed empty "
        + "themselves", Above = 0)]
    public double Concentration { get; init; } = 0.1;

    [Setting("seed of the data and of the starts", Least = 0, Demand = "not be negative")]
    public long Seed { get; init; } = 1;

    public override FormattableString? WhyNot()
        => Nu.Count != 2 ? (FormattableString)$"{nameof(Nu):setting} takes two numbers, longitude,latitude, not {Nu.Count}"
            : !Components.Contains(Truth)
            ? SettingSentence.Join(
                $"{nameof(Components):setting} must try {Truth}, the number of components ",
                $"that the data are drawn from ({nameof(Truth):setting})")
            : null;

    public override FormattableString? WhyUnused(string property)
        => Data is null && property is nameof(CatalogueComponents) or nameof(Concentration)
            ? (FormattableString)$"{property:setting} is of a catalogue of real earthquakes: name one by {nameof(Data):setting}"
            : null;

    /// <summary>The document's model with the priors that the data are drawn from.</summary>
    public Mixture ToModel(int components) => new(
        components,
        [
            new GaussianMeanBlock(SimulatedCatalogue.Position, Tau, Nu, Rho),
            new PoissonBlock(SimulatedCatalogue.Strength, Alpha, Beta)
        ],
        MixtureWeights.Uniform);
}
