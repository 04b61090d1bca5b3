using System.Diagnostics;
using System.Globalization;
using System.Text;
using Attractor.Cli;
using Attractor.Cli.Output;

namespace Attractor.Fuzz;

/// <summary>Runs cases one after the other in this process.</summary>
internal static class FuzzWorker
{
    /// <summary>The exit code of a worker whose command did not end.</summary>
    public const int Hangs = 3;

    public static async Task<int> RunAsync(FuzzOptions options)
    {
        TextWriter own = Console.Out;
        string root = Path.Combine(Path.GetFullPath(options.Folder), string.Create(
                CultureInfo.InvariantCulture, $"worker-{options.First % options.Stride}")),
            seeds = Path.Combine(root, "seeds"), folder = Path.Combine(root, "case");
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        StandardError.IsTerminal = false;
        await Seeds.MakeAsync(seeds).ConfigureAwait(false);
        string before = State(seeds);
        FindingLog log = new(options.Folder);
        Stopwatch clock = Stopwatch.StartNew();
        for (long n = options.First; n < options.First + options.Count && clock.Elapsed.TotalSeconds < options.Seconds; n += options.Stride)
        {
            Directory.SetCurrentDirectory(root);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            FindingLog.CopyFolder(seeds, folder);
            Directory.SetCurrentDirectory(folder);
            FuzzCase one = FuzzCase.Make(folder, CaseRandom.Of(n, options.Seed));
            string line = string.Join(' ', one.Words.Select(w => w.Length == 0 ? "''" : w));
            await File.WriteAllTextAsync(Path.Combine(root, "line.txt"), $"{line}\n{one.Damaged}\n").ConfigureAwait(false);
            Task<Answer> asked = Task.Run(() => AskAsync(one.Words));
            if (await Task.WhenAny(asked, Task.Delay(TimeSpan.FromSeconds(options.Limit))).ConfigureAwait(false) != asked)
            {
                log.Add("hang", $"longer than {options.Limit} s: {one.Words[0]} with {one.Damaged} damaged: {line}", n, folder);
                Environment.Exit(Hangs);
            }
            Answer answer = await asked.ConfigureAwait(false);
            if (options.IsVerbose)
                await own.WriteLineAsync($"{line} | {one.Damaged}\n{answer.Code} {answer.Output}{answer.Errors}").ConfigureAwait(false);
            if (answer.Fault() is { } fault)
                log.Add(fault.What, $"{fault.Message} <- {line} | {one.Damaged}", n, folder);
            if (Directory.GetFiles(folder, "*.tmp", SearchOption.AllDirectories).Length > 0)
                log.Add("left behind", line, n, folder);
            if (Directory.GetFileSystemEntries(root).Length != 3 || State(seeds) != before)
                log.Add("outside", $"a file outside of the folder was changed: {line}", n, folder);
            await own.WriteLineAsync(Tally.Line(n, new Tally().With(answer.Code))).ConfigureAwait(false);
        }
        return 0;
    }

    /// <summary>Runs a command in this process.</summary>
    public static async Task<Answer> AskAsync(string[] words)
    {
        using MemoryStream output = new(), errors = new();
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        Console.SetOut(new TerminalWriter(output, utf8));
        Console.SetError(new TerminalWriter(errors, utf8));
        int code = await CommandLine.RunAsync(words).ConfigureAwait(false);
        await Console.Out.FlushAsync().ConfigureAwait(false);
        await Console.Error.FlushAsync().ConfigureAwait(false);
        return new(code, utf8.GetString(output.ToArray()), utf8.GetString(errors.ToArray()));
    }

    private static string State(string folder) => string.Join('\n', Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(f => $"{f} {new FileInfo(f).Length} {File.GetLastWriteTimeUtc(f).Ticks}"));
}
