using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>Takes trials, trains and scores them, and says what came out, until there are none.</summary>
internal sealed class StudyWorker(Study study, StudyWork work)
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);

    private static int s_workers;

    private readonly string _name = work.Worker ?? string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}:{Interlocked.Increment(ref s_workers)}");
    private readonly EndedTrials _ended = new(study);

    public long Run(CancellationToken token)
    {
        long done = 0;
        TimeSpan pause = TimeSpan.FromMilliseconds(50);
        while (!token.IsCancellationRequested && !(done >= work.Most))
        {
            if (study.Store.Take(_name, study.Plan.Lease) is { } lease)
            {
                pause = TimeSpan.FromMilliseconds(50);
                done += Work(lease, token) ? 1 : 0;
                continue;
            }
            if (!work.Waits || IsFinished())
                break;
            // Others work on what is left, and may be lost; whoever waits asks more and more rarely.
            token.WaitHandle.WaitOne(pause);
            pause = pause * 1.5 < s_longestPause ? pause * 1.5 : s_longestPause;
        }
        return done;
    }

    private bool IsFinished()
    {
        IReadOnlyDictionary<TrialState, long> counts = study.Store.Counts();
        return counts.GetValueOrDefault(TrialState.Waiting) + counts.GetValueOrDefault(TrialState.Running) == 0;
    }

    private bool Work(TrialLease lease, CancellationToken token)
    {
        using LeaseKeeper keeper = new(study.Store, lease, study.Plan.Lease);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(token, keeper.Lost);
        try
        {
            using IDisposable fence = WriteFence.Raise(keeper.Require);
            JsonObject parameters = Parameters(lease);
            Stopwatch clock = Stopwatch.StartNew();
            TrialRun run = new(study, lease, parameters, stop);
            StudyTrial? ended = run.ToTheEnd();
            if (ended is null)
            {
                keeper.Require();
                study.Store.HandBack(lease, TimeSpan.Zero);
                return false;
            }
            ended = ended with { Seconds = clock.Elapsed.TotalSeconds };
            TrialRecord.Write(StudyFolder.RecordOf(study.Path, lease.Number), ended, run.Reports);
            if (study.Plan.Artifacts && TooLarge(lease) is { } reason)
                ended = ended with { State = TrialState.Failed, Values = [], Failure = reason };
            study.Store.End(lease, ended);
            Tell(ended);
            return true;
        }
        catch (RunInUseException)
        {
            // Its last worker is not dead but late; it will notice.
            study.Store.HandBack(lease, study.Plan.Lease / 2);
        }
        catch (LeaseLostException e)
        {
            work.Messages?.Report($"{_name}: {e.Message}; what this worker had of it is left to that one");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            // Nothing is wrong with the trial: somebody else may have room for it.
            study.Store.HandBack(lease, TimeSpan.Zero);
            throw;
        }
        return false;
    }

    // A model that the store does not take is of no use to anybody. Null if it does.
    private string? TooLarge(TrialLease lease)
    {
        try
        {
            TrialArtifacts.Keep(study, lease);
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    private JsonObject Parameters(TrialLease lease)
    {
        if (lease.Parameters is { } known)
            return TrialText.Object(known.GetRawText());
        StudySampler sampler = StudySampler.Find(study.Plan.Sampler);
        double[] point = sampler.Sample(study.Plan.Space, study.Plan.Seed, lease.Number, sampler.Learns ? _ended.Sampled() : []);
        JsonObject parameters = study.Plan.Space.ToJson(point);
        study.Store.SetParameters(lease, parameters);
        return parameters;
    }

    private void Tell(StudyTrial trial)
    {
        string values = trial.State is TrialState.Completed
            ? string.Join(", ", study.Plan.Objectives.Select((o, i) => string.Create(
                CultureInfo.InvariantCulture, $"{o.Metric} {trial.Values[i]:G4}")))
            : trial.Failure ?? "";
        work.Messages?.Report(string.Create(
            CultureInfo.InvariantCulture,
            $"trial {trial.Number} {trial.State.ToString().ToLowerInvariant()} in {trial.Seconds:F1} s: {values}  "
            + $"{StudyText.Parameters(trial)}"));
    }
}
