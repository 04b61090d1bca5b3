using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Runs;
using Attractor.Studio.Folders;

namespace Attractor.Studio.Work;

/// <summary>
/// What the studio has done, each by a process of the command itself. Trainings are in sessions of their own: they go on when the studio
/// ends, and the folder says what became of them.
/// </summary>
internal sealed class Jobs(StudioOptions options, StudioFolder folder, RunList runs) : IDisposable
{
    private const int AtOnce = 2, MostKept = 200, MostAnswer = 8 << 20, MostMessage = 2000, Interrupted = 130;

    private readonly List<Job> _all = [];
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);

    // What takes hours holds up nothing that takes seconds.
    private readonly SemaphoreSlim _slots = new(AtOnce), _longOnes = new(1);
    private readonly Lock _lock = new();

    /// <summary>Called whenever a job has changed.</summary>
    public event Action? Changed;

    /// <summary>Those about a run, the newest first.</summary>
    public IReadOnlyList<Job> Of(string run)
    {
        lock (_lock)
            return [.. _all.Where(j => j.Run == run).Reverse()];
    }

    /// <summary>Starts a training.</summary>
    /// <param name="run">What names the run.</param>
    /// <param name="words">The arguments of the command.</param>
    public Job Train(string run, IReadOnlyList<string> words)
    {
        Job job = Add(new(run, words[0], "training", CommandWords.Line(words)));
        _ = Task.Run(() => Follow(job, () => RunTraining(job, words)));
        return job;
    }

    /// <summary>Asks something in the background, after those that were asked before.</summary>
    /// <param name="run">What names the run that it is about; empty if none.</param>
    /// <param name="title">What it is.</param>
    /// <param name="words">The arguments of the command, which prints JSON.</param>
    /// <param name="file">A file that it writes, if it does.</param>
    public Job Ask(string run, string title, IReadOnlyList<string> words, string? file = null)
        => Ask(new(run, words[0], title, CommandWords.Line(words)) { Output = file }, [.. words, "--json"], _slots, out _);

    /// <summary>Has something done that takes long and writes a page, one after the other; what it prints says how far it came.</summary>
    /// <param name="about">What names it.</param>
    /// <param name="title">What it is.</param>
    /// <param name="words">The arguments of the command.</param>
    /// <param name="page">The page.</param>
    public Job Work(string about, string title, IReadOnlyList<string> words, string page)
        => Ask(new(about, words[0], title, CommandWords.Line(words)) { Output = page }, words, _longOnes, out _);

    /// <summary>Asks, and lets the caller wait for the answer or cancel it.</summary>
    public Job Ask(string run, string title, IReadOnlyList<string> words, out Task done)
        => Ask(new(run, words[0], title, CommandWords.Line(words)), [.. words, "--json"], _slots, out done);

    /// <summary>Asks, and waits for the answer.</summary>
    public async Task<Job> AskAsync(string run, string title, IReadOnlyList<string> words)
    {
        Job job = Ask(run, title, words, out Task done);
        await done.ConfigureAwait(false);
        return job;
    }

    /// <summary>Scores runs on the data they were trained on.</summary>
    public void Score(IEnumerable<RunEntry> entries)
    {
        foreach (RunEntry run in entries)
            Ask(run.Id, "scores", [Verbs.Evaluate, CommandWords.Of(run.Id), CommandWords.Of(Path.GetRelativePath(folder.Root, run.Data))]);
    }

    /// <summary>Ends a training, which can be resumed.</summary>
    public static void Stop(RunEntry run)
    {
        if (run.Process is { } process)
            Interrupt.Send(process);
    }

    /// <summary>Holds a training where it is, in memory, or lets it go on; it does no work in between.</summary>
    public static void Pause(RunEntry run, bool still)
    {
        if (run.Process is { } process)
            Interrupt.Hold(process, still);
    }

    public void Dispose()
    {
        lock (_lock)
            foreach (Job job in _all.Where(j => j.Verb != "train"))
                if (job.IsOver)
                    job.Dispose();
                else
                    job.Cancel();
    }

    private Job Ask(Job job, IReadOnlyList<string> words, SemaphoreSlim slots, out Task done)
    {
        Add(job);
        done = Task.Run(async () =>
        {
            try
            {
                await slots.WaitAsync(job.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                job.State = JobState.Cancelled;
                Changed?.Invoke();
                return;
            }
            try
            {
                // Those who look see how long it has been running.
                using Timer ticking = new(_ => Changed?.Invoke(), null, s_tick, s_tick);
                await Follow(job, () => RunQuestion(job, words)).ConfigureAwait(false);
            }
            finally
            {
                slots.Release();
            }
        });
        return job;
    }

    private Job Add(Job job)
    {
        lock (_lock)
        {
            _all.Add(job);
            if (_all.Count > MostKept && _all.Find(j => j.IsOver) is { } old)
            {
                _all.Remove(old);
                old.Dispose();
            }
        }
        Changed?.Invoke();
        return job;
    }

    private async Task Follow(Job job, Func<Task<int>> run)
    {
        job.State = JobState.Running;
        Changed?.Invoke();
        try
        {
            int code = await run().ConfigureAwait(false);
            job.State = code == 0 || (code == 1 && job.Answer is not null) ? JobState.Done
                : code == Interrupted || job.Token.IsCancellationRequested ? JobState.Cancelled
                : JobState.Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception
            or JsonException or InvalidOperationException)
        {
            (job.State, job.Message) = (JobState.Failed, e.Message);
        }
        Changed?.Invoke();
    }

    private async Task<int> RunTraining(Job job, IReadOnlyList<string> words)
    {
        string log = Path.Combine(folder.OwnFolder("logs"), $"{Guid.NewGuid():N}.log");
        ProcessStartInfo start = Start(words);
        if (OperatingSystem.IsWindows())
            start.CreateNewProcessGroup = true;
        else
            ToFile(start, log);
        start.Environment["ATTRACTOR_OWN_SESSION"] = "1";
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        if (File.Exists(log))
        {
            job.Message = Last(await File.ReadAllTextAsync(log).ConfigureAwait(false));
            File.Delete(log);
        }
        runs.Forget(job.Run);
        if (process.ExitCode == 0 && runs.Find(job.Run) is { Status: RunStatus.Finished } done && folder.AllowsData(done.Data)
            && ModelKinds.All.FirstOrDefault(k => k.Name == done.Model) is { } kind && GenerativeCapabilities.Has(kind))
            Score([done]);
        return process.ExitCode;
    }

    private async Task<int> RunQuestion(Job job, IReadOnlyList<string> words)
    {
        ProcessStartInfo start = Start(words);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration cancelled = job.Token.Register(() => Interrupt.Send(process.Id));
        process.ErrorDataReceived += Hear;
        process.BeginErrorReadLine();
        if (words[^1] != "--json")
        {
            process.OutputDataReceived += Hear;
            process.BeginOutputReadLine();
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            return process.ExitCode;
        }
        char[] buffer = new char[1 << 14];
        System.Text.StringBuilder answer = new();
        for (int count; (count = await process.StandardOutput.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
            if (answer.Length < MostAnswer)
                answer.Append(buffer, 0, count);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        if (process.ExitCode is 0 or 1 && answer.Length > 0)
        {
            using JsonDocument json = JsonDocument.Parse(answer.ToString());
            job.Answer = json.RootElement.Clone();
            if (job.Run.Length > 0 && folder.FindRun(job.Run) is { } run)
            {
                AnswerStore.Write(folder, job.Run, run, job.Verb, JsonNode.Parse(answer.ToString())!.AsObject());
                runs.Forget(job.Run);
            }
        }
        return process.ExitCode;

        void Hear(object sender, DataReceivedEventArgs line)
        {
            if (string.IsNullOrWhiteSpace(line.Data))
                return;
            job.Message = Last(line.Data);
            Changed?.Invoke();
        }
    }

    private ProcessStartInfo Start(IReadOnlyList<string> words)
    {
        ProcessStartInfo start = new(options.Command[0])
        {
            WorkingDirectory = folder.Root,
            RedirectStandardInput = false,
            UseShellExecute = false,
        };
        foreach (string word in options.Command.Skip(1).Concat(words))
            start.ArgumentList.Add(word);
        start.Environment["NO_COLOR"] = "1";
        return start;
    }

    // A pipe would end with the studio. The words are arguments of the shell, which reads none of them.
    private static void ToFile(ProcessStartInfo start, string log)
    {
        string[] words = [start.FileName, .. start.ArgumentList];
        start.FileName = "/bin/sh";
        start.ArgumentList.Clear();
        foreach (string word in (string[])["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null", "sh", log, .. words])
            start.ArgumentList.Add(word);
    }

    private static string Last(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string said = string.Join('\n', lines.TakeLast(4));
        return said.Length > MostMessage ? said[^MostMessage..] : said;
    }
}
