using System.Data.Common;
using System.Text.Json.Nodes;

namespace Attractor.Runs;

internal abstract partial class StudyStore
{
    // A trial that takes its worker down every time must not take all of them.
    private const int MostLost = 10;

    private const string Columns =
        "number, state, attempt, parameters, objectives, scores, failure, seconds, ended, owner FROM attractor_trial WHERE study = @study";

    /// <summary>Writes a new study down.</summary>
    /// <exception cref="IOException">There is one of that name.</exception>
    public void Create(string plan, long trials) => Transact(s => s.Execute(
        "INSERT INTO attractor_study (name, plan, trials, next) VALUES (@study, @plan, @trials, 0) ON CONFLICT (name) DO NOTHING",
        ("study", Study), ("plan", plan), ("trials", trials)) == 1
            ? 0
            : throw new IOException($"{Name} holds a study '{Study}' already: give the new one another name"));

    /// <summary>The plan of the study; null if the store does not know it.</summary>
    public string? Plan() => Ask(s => (string?)s.Scalar("SELECT plan FROM attractor_study WHERE name = @study", ("study", Study)));

    /// <summary>How many trials there are to be, and how many were begun or queued.</summary>
    public (long Trials, long Next) Size() => Ask(s => s.Rows(
        "SELECT trials, next FROM attractor_study WHERE name = @study",
        r => (r.GetInt64(0), r.GetInt64(1)), ("study", Study)).SingleOrDefault());

    /// <summary>Asks for more trials.</summary>
    /// <returns>How many there are to be now.</returns>
    public long Add(long trials) => Transact(s => (long)s.Scalar(
        "UPDATE attractor_study SET trials = trials + @more WHERE name = @study RETURNING trials", ("study", Study), ("more", trials))!);

    /// <summary>Queues a trial at a point.</summary>
    /// <returns>Its number.</returns>
    public long Add(JsonObject parameters) => Transact(s =>
    {
        long number = (long)s.Scalar(
            "UPDATE attractor_study SET trials = trials + 1, next = next + 1 WHERE name = @study RETURNING next - 1", ("study", Study))!;
        s.Execute(
            "INSERT INTO attractor_trial (study, number, state, due, attempt, lost, parameters) "
            + "VALUES (@study, @number, 'waiting', 0, 0, 0, @parameters)",
            ("study", Study), ("number", number), ("parameters", parameters.ToJsonString()));
        return number;
    });

    /// <summary>Takes a trial that nobody works on: one handed back or lost, else the next.</summary>
    /// <returns>Null if there is none at the moment.</returns>
    public TrialLease? Take(string owner, TimeSpan lease) => Transact(s =>
    {
        while (true)
        {
            List<(long Number, long Attempt, long Lost, string? Parameters)> found = s.Rows(
                $"SELECT number, attempt, lost + (CASE state WHEN 'running' THEN 1 ELSE 0 END), parameters FROM attractor_trial "
                + $"WHERE study = @study AND state IN ('waiting', 'running') AND due <= {Now} ORDER BY due LIMIT 1 {SkipTaken}",
                r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), TextOrNull(r, 3)), ("study", Study));
            if (found is not [var (number, attempt, lost, parameters)])
                return Next(s, owner, lease);
            if (lost < MostLost)
            {
                s.Execute(
                    $"UPDATE attractor_trial SET state = 'running', attempt = @attempt, lost = @lost, owner = @owner, "
                    + $"due = {Now} + @lease WHERE study = @study AND number = @number",
                    ("attempt", attempt + 1), ("lost", lost), ("owner", owner), ("lease", (long)lease.TotalMilliseconds),
                    ("study", Study), ("number", number));
                return new TrialLease(number, attempt + 1, parameters is null ? null : TrialText.Element(parameters));
            }
            s.Execute(
                $"UPDATE attractor_trial SET state = 'failed', lost = @lost, failure = @failure, ended = {Now} "
                + "WHERE study = @study AND number = @number",
                ("lost", lost), ("failure", $"{MostLost} workers were lost over it"), ("study", Study), ("number", number));
        }
    });

    /// <summary>Says at which point a trial is.</summary>
    public void SetParameters(TrialLease lease, JsonObject parameters)
        => Change(lease, "parameters = @parameters", ("parameters", parameters.ToJsonString()));

    /// <summary>Keeps a trial for another while.</summary>
    /// <exception cref="LeaseLostException">It is another worker's.</exception>
    public void Renew(TrialLease lease, TimeSpan time) => Change(lease, $"due = {Now} + @time", ("time", (long)time.TotalMilliseconds));

    /// <summary>Lets others go on with a trial, after a while.</summary>
    public void HandBack(TrialLease lease, TimeSpan after)
        => Change(lease, $"state = 'waiting', owner = NULL, due = {Now} + @after", ("after", (long)after.TotalMilliseconds));

    /// <summary>Writes an intermediate value down.</summary>
    public void Report(TrialLease lease, long step, double value) => Transact(s =>
    {
        Require(s, lease);
        return s.Execute(
            "INSERT INTO attractor_report (study, number, step, value) VALUES (@study, @number, @step, @value) "
            + "ON CONFLICT (study, number, step) DO UPDATE SET value = excluded.value",
            ("study", Study), ("number", lease.Number), ("step", step), ("value", value));
    });

    /// <summary>Writes down how a trial ended. Said again of a trial that ended so, it does nothing.</summary>
    /// <exception cref="LeaseLostException">It is another worker's.</exception>
    public void End(TrialLease lease, StudyTrial trial) => Transact(s =>
    {
        bool ended = (long)s.Scalar(
            "SELECT count(*) FROM attractor_trial WHERE study = @study AND number = @number AND attempt = @attempt "
            + "AND state NOT IN ('waiting', 'running')",
            ("study", Study), ("number", lease.Number), ("attempt", lease.Attempt))! == 1;
        if (ended)
            return 0;
        Require(s, lease);
        return s.Execute(
            $"UPDATE attractor_trial SET state = @state, owner = NULL, objectives = @objectives, scores = @scores, failure = @failure, "
            + $"seconds = @seconds, ended = {Now} WHERE study = @study AND number = @number",
            ("state", trial.State.ToString().ToLowerInvariant()), ("objectives", TrialText.Objectives(trial)),
            ("scores", TrialText.Scores(trial)), ("failure", trial.Failure), ("seconds", trial.Seconds), ("study", Study),
            ("number", lease.Number));
    });

    /// <summary>Puts a trial of a folder into a store that is made anew.</summary>
    public void Restore(StudyTrial trial, IReadOnlyList<(long Step, double Value)> reports) => Transact(s =>
    {
        s.Execute(
            $"INSERT INTO attractor_trial (study, number, state, due, attempt, lost, parameters, objectives, scores, failure, seconds, "
            + $"ended) VALUES (@study, @number, @state, 0, @attempt, 0, @parameters, @objectives, @scores, @failure, @seconds, "
            + $"{(trial.HasEnded ? Now : "NULL")})",
            ("study", Study), ("number", trial.Number), ("state", trial.State.ToString().ToLowerInvariant()),
            ("attempt", trial.Attempt), ("parameters", trial.Parameters.ToJsonString()), ("objectives", TrialText.Objectives(trial)),
            ("scores", TrialText.Scores(trial)), ("failure", trial.Failure), ("seconds", trial.Seconds));
        foreach ((long step, double value) in reports)
            s.Execute(
                "INSERT INTO attractor_report (study, number, step, value) VALUES (@study, @number, @step, @value)",
                ("study", Study), ("number", trial.Number), ("step", step), ("value", value));
        return s.Execute(
            "UPDATE attractor_study SET next = CASE WHEN next > @number THEN next ELSE @number + 1 END, "
            + "trials = CASE WHEN trials > @number THEN trials ELSE @number + 1 END WHERE name = @study",
            ("number", trial.Number), ("study", Study));
    });

    /// <summary>Queues the trials that were begun by their numbers and have left nothing behind.</summary>
    public void QueueMissing() => Transact(s =>
    {
        (long next, HashSet<long> known) = (
            (long)s.Scalar("SELECT next FROM attractor_study WHERE name = @study", ("study", Study))!,
            [.. s.Rows("SELECT number FROM attractor_trial WHERE study = @study", r => r.GetInt64(0), ("study", Study))]);
        for (long number = 0; number < next; number++)
            if (!known.Contains(number))
                s.Execute(
                    "INSERT INTO attractor_trial (study, number, state, due, attempt, lost) VALUES (@study, @number, 'waiting', 0, 0, 0)",
                    ("study", Study), ("number", number));
        return 0;
    });

    /// <summary>Removes the study from the store, not its folders.</summary>
    public void Clear() => Transact(s =>
        s.Execute("DELETE FROM attractor_report WHERE study = @study", ("study", Study))
        + s.Execute("DELETE FROM attractor_trial WHERE study = @study", ("study", Study))
        + s.Execute("DELETE FROM attractor_study WHERE name = @study", ("study", Study)));

    private TrialLease? Next(Statements s, string owner, TimeSpan lease)
    {
        if (s.Scalar(
            "UPDATE attractor_study SET next = next + 1 WHERE name = @study AND next < trials RETURNING next - 1",
            ("study", Study)) is not long number)
            return null;
        s.Execute(
            $"INSERT INTO attractor_trial (study, number, state, due, attempt, lost, owner) "
            + $"VALUES (@study, @number, 'running', {Now} + @lease, 1, 0, @owner)",
            ("study", Study), ("number", number), ("lease", (long)lease.TotalMilliseconds), ("owner", owner));
        return new(number, 1, null);
    }

    private void Change(TrialLease lease, string change, (string, object?) value) => Transact(s => s.Execute(
        $"UPDATE attractor_trial SET {change} WHERE study = @study AND number = @number AND attempt = @attempt AND state = 'running'",
        value, ("study", Study), ("number", lease.Number), ("attempt", lease.Attempt)) == 1
            ? 0
            : throw new LeaseLostException(lease.Number));

    // Locks the row: a worker that takes the trial waits for what is written, or is seen here.
    private void Require(Statements s, TrialLease lease)
    {
        if (s.Execute(
            "UPDATE attractor_trial SET attempt = attempt WHERE study = @study AND number = @number AND attempt = @attempt "
            + "AND state = 'running'",
            ("study", Study), ("number", lease.Number), ("attempt", lease.Attempt)) != 1)
            throw new LeaseLostException(lease.Number);
    }

    private static string? TextOrNull(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
