namespace Attractor.Runs;

/// <summary>What of the data a training cannot use, whichever model it is of: it is left out, counted and said.</summary>
/// <param name="Recordings">Recordings without enough rows in a row; what follows a gap counts as another one.</param>
/// <param name="Of">How many recordings there are.</param>
/// <param name="Rows">Rows with missing values in the recordings that are used.</param>
/// <param name="Needed">Rows in a row that one sample takes.</param>
internal sealed record LeftOut(int Recordings, int Of, long Rows, int Needed)
{
    /// <summary>What recordings hold that samples of so many rows cannot be taken from; null if that is nothing.</summary>
    public static LeftOut? From(IReadOnlyList<TimeSeries> trials, int needed) => From(
        [.. trials.Select(trial => (
            (long)trial.Length, (IReadOnlyList<long>)[.. trial.WholeStretches().Select(stretch => (long)stretch.Length)]))],
        needed);

    /// <summary>The same of recordings of which the rows and the stretches without gaps are known.</summary>
    public static LeftOut? From(IReadOnlyList<(long Rows, IReadOnlyList<long> Stretches)> trials, int needed)
    {
        int recordings = 0;
        long rows = 0;
        foreach ((long length, IReadOnlyList<long> stretches) in trials)
            if (stretches.DefaultIfEmpty().Max() < needed)
                recordings++;
            else
                rows += length - stretches.Sum();
        return recordings + rows > 0 ? new(recordings, trials.Count, rows, needed) : null;
    }

    /// <summary>Missing values that a model can do without: nothing is asked of them.</summary>
    public long Missing { get; private init; }

    // What becomes of them.
    private string How { get; init; } = "";

    /// <summary>Of a model with latent variables, whose likelihood is that of the values that are there; null if all are.</summary>
    public static LeftOut? Unobserved(long missing)
        => missing > 0 ? new(0, 0, 0, 0) { Missing = missing, How = "the likelihood leaves out" } : null;

    /// <summary>The same of samples that begin at a complete row and may have missing cells after it.</summary>
    public static LeftOut? ModelledIn(IReadOnlyList<TimeSeries> trials, int needed)
    {
        bool Serves(TimeSeries trial) => trial.WholeStretches().Any(stretch => trial.Length - stretch.Start >= needed);
        int recordings = trials.Count(trial => !Serves(trial));
        long cells = trials.Where(Serves).Sum(trial => (long)trial.CountMissing());
        return recordings + cells > 0 ? new(recordings, trials.Count, 0, needed)
        {
            Missing = cells,
            How = "the network's own predictions take the place of, and the loss leaves out,",
        } : null;
    }

    /// <summary>In a sentence.</summary>
    public override string ToString()
    {
        string missing = FormattableString.Invariant($"{How} {Missing:N0} missing values");
        return Missing == 0 ? LeftOutSentence() : Recordings == 0 ? missing : $"{LeftOutSentence()}; {missing}";
    }

    private string LeftOutSentence()
    {
        List<string> parts = [];
        if (Recordings > 0)
            parts.Add(FormattableString.Invariant(
                $"{Recordings:N0} of {Of:N0} recordings, shorter than the {Needed:N0} rows without a gap that a sample takes"));
        if (Rows > 0)
            parts.Add(FormattableString.Invariant($"{Rows:N0} rows with missing values, and the samples that need them"));
        return "left out: " + string.Join("; ", parts);
    }
}
