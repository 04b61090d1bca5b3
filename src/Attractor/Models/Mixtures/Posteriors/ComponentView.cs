using Attractor.Probability;

namespace Attractor.Models;

/// <summary>
/// What a report can draw of one component's part in one block: a place among the rows, a rate of counts, or probabilities of categories.
/// </summary>
public abstract record ComponentView
{
    private protected ComponentView()
    {
    }
}

/// <summary>A place among the rows.</summary>
/// <param name="Centre">The posterior mean of the centre: D values, in units of the columns.</param>
/// <param name="CentreDeviations">How well it is known: D posterior standard deviations.</param>
/// <param name="Covariance">Of the rows around it: D x D, row by row.</param>
public sealed record PositionView(IReadOnlyList<double> Centre, IReadOnlyList<double> CentreDeviations, IReadOnlyList<double> Covariance)
    : ComponentView
{
    /// <summary>A place around which rows are spread alike in all directions.</summary>
    internal static PositionView Spherical(ReadOnlySpan<double> centre, IReadOnlyList<double> deviations, double variance)
        => new(centre.ToArray(), deviations, GaussianPrior.Diagonal(Enumerable.Repeat(variance, centre.Length)));
}

/// <summary>A rate of counts in one column.</summary>
/// <param name="Rate">The posterior of the expected count of a row.</param>
public sealed record RateView(Gamma Rate) : ComponentView;

/// <summary>Probabilities of categories in one column.</summary>
/// <param name="Categories">The names of the categories; of yes and no that of yes is enough.</param>
/// <param name="Probabilities">Their posterior mean probabilities.</param>
public sealed record CategoryView(IReadOnlyList<string> Categories, IReadOnlyList<double> Probabilities) : ComponentView;
