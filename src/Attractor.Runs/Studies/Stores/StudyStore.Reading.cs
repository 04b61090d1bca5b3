using System.Data.Common;
using System.Text.Json.Nodes;

namespace Attractor.Runs;

internal abstract partial class StudyStore
{
    // Commits can overtake each other by as much: what ended a little before the last that was seen may not have been seen.
    private const long OvertakingMilliseconds = 10_000;

    /// <summary>All trials, in order.</summary>
    public IReadOnlyList<StudyTrial> Trials() => Ask(s => s.Rows(
        $"SELECT {Columns} ORDER BY number", Read, ("study", Study)));

    /// <summary>One trial; null if there is none of that number.</summary>
    public StudyTrial? Trial(long number) => Ask(s => s.Rows(
        $"SELECT {Columns} AND number = @number", Read, ("study", Study), ("number", number)).SingleOrDefault());

    /// <summary>Those that ended since; some of them may be known.</summary>
    /// <param name="since">When the last that is known ended, in milliseconds.</param>
    public IReadOnlyList<StudyTrial> EndedSince(long since) => Ask(s => s.Rows(
        $"SELECT {Columns} AND ended >= @since ORDER BY number", Read, ("study", Study), ("since", since - OvertakingMilliseconds)));

    /// <summary>How many trials are in each state; of those that run, how many have a worker.</summary>
    public IReadOnlyDictionary<TrialState, long> Counts() => Ask(s => s.Rows(
        "SELECT state, count(*) FROM attractor_trial WHERE study = @study GROUP BY state",
        r => (State(r.GetString(0)), r.GetInt64(1)), ("study", Study))).ToDictionary(c => c.Item1, c => c.Item2);

    /// <summary>Who works on trials at the moment.</summary>
    public IReadOnlyList<string> Workers() => Ask(s => s.Rows(
        $"SELECT DISTINCT owner FROM attractor_trial WHERE study = @study AND state = 'running' AND due > {Now}",
        r => r.GetString(0), ("study", Study)));

    /// <summary>The intermediate values of all trials.</summary>
    public IReadOnlyList<PrunedCurve> Curves() => Ask(s => s.Rows(
        "SELECT r.number, t.state, r.step, r.value FROM attractor_report r JOIN attractor_trial t "
        + "ON t.study = r.study AND t.number = r.number WHERE r.study = @study ORDER BY r.number, r.step",
        r => (Number: r.GetInt64(0), State: r.GetString(1), Step: r.GetInt64(2), Value: r.GetDouble(3)), ("study", Study)))
        .GroupBy(r => r.Number)
        .Select(g => new PrunedCurve(g.Key, State(g.First().State) is TrialState.Completed, [.. g.Select(r => (r.Step, r.Value))]))
        .ToList();

    /// <summary>The intermediate values of a trial, in order.</summary>
    public IReadOnlyList<(long Step, double Value)> Reports(long number) => Ask(s => s.Rows(
        "SELECT step, value FROM attractor_report WHERE study = @study AND number = @number ORDER BY step",
        r => (r.GetInt64(0), r.GetDouble(1)), ("study", Study), ("number", number)));

    private static StudyTrial Read(DbDataReader r) => new()
    {
        Number = r.GetInt64(0),
        State = State(r.GetString(1)),
        Attempt = r.GetInt64(2),
        Parameters = TextOrNull(r, 3) is { } parameters ? TrialText.Object(parameters) : new JsonObject(),
        Values = TextOrNull(r, 4) is { } values ? TrialText.Numbers(values) : [],
        Scores = TextOrNull(r, 5) is { } scores ? TrialText.Object(scores) : new JsonObject(),
        Failure = TextOrNull(r, 6),
        Seconds = r.IsDBNull(7) ? null : r.GetDouble(7),
        EndedAt = r.IsDBNull(8) ? null : r.GetInt64(8),
        Worker = TextOrNull(r, 9),
    };

    private static TrialState State(string word) => Enum.TryParse(word, ignoreCase: true, out TrialState state)
        ? state
        : throw new InvalidDataException($"a trial has the state '{word}', which there is not: rebuild the study from its folders");
}
