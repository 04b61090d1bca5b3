namespace Attractor.Evaluation;

/// <summary>Free runs whose end looks like no part of the data.</summary>
/// <param name="Ends">Their last rows.</param>
/// <param name="OfLong">How many of them are long.</param>
/// <param name="Long">How many long runs there were.</param>
/// <param name="All">How many runs there were.</param>
/// <param name="ForGood">
/// How many of them have not come back after as many steps as a long run has; 0 where they are too many anyhow.
/// </param>
internal sealed record RunsThatLeft(IReadOnlyList<TimeSeries> Ends, int OfLong, int Long, int All, int ForGood = 0)
{
    private const double Most = 0.05, MostOfLong = 0.2;

    /// <summary>The share of all runs.</summary>
    public double Share => (double)Ends.Count / All;

    /// <summary>Whether they are too many for a model that stays.</summary>
    public bool AreMany => Share > Most;

    /// <summary>The same where what is fallen into once is never left: long runs show it that short ones do not.</summary>
    public bool AreManyOrLong => AreMany || (OfLong > 1 && OfLong > MostOfLong * Long);
}
