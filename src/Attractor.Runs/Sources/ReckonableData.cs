namespace Attractor.Runs;

/// <summary>Which values can be reckoned with.</summary>
internal static class ReckonableData
{
    private const string BeyondReckoning = "which is beyond reckoning: rescale it";

    // Squares of these, summed over many rows, are numbers still: of double precision, and of single precision.
    private const double Least = 1e-145, Most = 1e145, LeastSingle = 1e-16, MostSingle = 1e16;

    /// <summary>Refuses data that single precision cannot hold the squares of: a training would tell of its own overflows.</summary>
    /// <exception cref="ArgumentException">A variable is too large or too small; the message says which.</exception>
    public static void RequireSinglePrecision(IReadOnlyList<TimeSeries> trials)
        => Require(trials, LeastSingle, MostSingle, "which single precision cannot reckon with: rescale it, or let it be standardised");

    /// <summary>Refuses data whose variance is 0 or infinite though they differ: whatever is told of them would be untrue.</summary>
    /// <exception cref="ArgumentException">A variable is too large or too small; the message says which.</exception>
    public static void Require(IReadOnlyList<TimeSeries> trials)
        => Require(trials, Least, Most, BeyondReckoning);

    /// <summary>The same of one variable by its least and its largest value.</summary>
    /// <exception cref="ArgumentException">It is too large or too small.</exception>
    public static void Require(string name, double minimum, double maximum)
        => Require(name, minimum, maximum, Least, Most, BeyondReckoning);

    private static void Require(IReadOnlyList<TimeSeries> trials, double least, double most, string fault)
    {
        for (int n = 0; n < trials[0].Dimension; n++)
        {
            double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
            foreach (TimeSeries trial in trials)
                for (int t = 0; t < trial.Length; t++)
                    if (trial[t, n] is var value && !double.IsNaN(value))
                        (minimum, maximum) = (Math.Min(minimum, value), Math.Max(maximum, value));
            // Those who check the data speak of infinite values.
            if (double.IsInfinity(minimum) || double.IsInfinity(maximum))
                return;
            Require(trials[0].Names[n], minimum, maximum, least, most, fault);
        }
    }

    private static void Require(string name, double minimum, double maximum, double least, double most, string fault)
    {
        // A variable of zeros is constant, not too small.
        double largest = Math.Max(Math.Abs(minimum), Math.Abs(maximum));
        if (maximum > minimum && (largest > most || maximum - minimum < least))
            throw new ArgumentException(FormattableString.Invariant(
                $"the variable '{name}' goes from {minimum:G6} to {maximum:G6}, ") + fault);
    }
}
