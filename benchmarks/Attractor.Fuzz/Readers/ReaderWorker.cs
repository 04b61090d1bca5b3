using System.Diagnostics;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Text;
using Attractor.Runs;

namespace Attractor.Fuzz.Readers;

/// <summary>Reads damaged files one after the other in this process, without a command around the reader.</summary>
internal static class ReaderWorker
{
    private const int Growth = 16, Waits = 30;
    private const long FreeBytes = 64 << 20;

    // Of the processor, so that a busy machine makes no findings.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The file that holds the number of the case that is being read, also after the process has died of it.</summary>
    public static string CurrentFile(string folder, long worker) => Path.Combine(
        folder, string.Create(CultureInfo.InvariantCulture, $"reading-{worker}"));

    public static async Task<int> RunAsync(FuzzOptions options)
    {
        TextWriter own = Console.Out;
        string root = Path.Combine(Path.GetFullPath(options.Folder), string.Create(
                CultureInfo.InvariantCulture, $"worker-{options.First % options.Stride}")),
            seeds = Path.Combine(root, "seeds"), files = Path.Combine(root, "files");
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        Directory.CreateDirectory(root);
        await Seeds.MakeAsync(seeds).ConfigureAwait(false);
        FindingLog.CopyFolder(seeds, files);
        Console.SetOut(own);
        IReadOnlyList<ReaderTarget> targets = [.. new ReaderCorpus(seeds, files).Targets()
            .Where(target => options.Only is null || target.Name.Contains(options.Only, StringComparison.Ordinal))];
        if (targets.Count == 0)
        {
            await Console.Error.WriteLineAsync($"no reader has '{options.Only}' in its name; they are in small letters")
                .ConfigureAwait(false);
            return Usage;
        }
        ReaderDamage damage = new(targets);
        FindingLog log = new(options.Folder);
        foreach (ReaderTarget target in targets)
            Try(target, target.Sound, () => { });
        using MemoryMappedFile current = MemoryMappedFile.CreateFromFile(
            CurrentFile(options.Folder, options.First % options.Stride), FileMode.OpenOrCreate, null, sizeof(long));
        using MemoryMappedViewAccessor number = current.CreateViewAccessor();
        Stopwatch clock = Stopwatch.StartNew();
        long started = 0, used = 0;
        using Timer watch = new(
            _ =>
            {
                long since = Volatile.Read(ref started);
                // Where others have the processor, what takes long is none; what waits for something takes none of it.
                TimeSpan taken = Environment.CpuUsage.TotalTime - TimeSpan.FromTicks(Volatile.Read(ref used));
                if (since == 0 || Stopwatch.GetElapsedTime(since).TotalSeconds <= options.Limit
                    || (taken.TotalSeconds <= options.Limit && Stopwatch.GetElapsedTime(since).TotalSeconds <= Waits * options.Limit))
                    return;
                log.Add("hang", $"longer than {options.Limit} s", number.ReadInt64(0), null);
                Environment.Exit(FuzzWorker.Hangs);
            },
            null,
            1000,
            1000);
        Tally tally = new();
        Dictionary<ReaderTarget, (int Count, TimeSpan Sum)> times = [];
        long told = 0;
        for (long n = options.First; n < options.First + options.Count && clock.Elapsed.TotalSeconds < options.Seconds; n += options.Stride)
        {
            Random random = CaseRandom.Of(n, options.Seed);
            ReaderTarget target = Choose(targets, random);
            long begun = Stopwatch.GetTimestamp();
            byte[] bytes = damage.Of(target, random);
            number.Write(0, n);
            string? fault = Try(target, bytes, () =>
            {
                Volatile.Write(ref used, Environment.CpuUsage.TotalTime.Ticks);
                Volatile.Write(ref started, Stopwatch.GetTimestamp());
            });
            Volatile.Write(ref started, 0);
            (int count, TimeSpan sum) = times.GetValueOrDefault(target);
            times[target] = (count + 1, sum + Stopwatch.GetElapsedTime(begun));
            if (fault is not null and not Refused)
                log.Add("reader", $"'{target.Name}' {fault}", n, null, bytes);
            tally = tally.With(fault is Refused ? 2 : 0);
            if (tally.Cases % 1000 == 0 || clock.ElapsedMilliseconds - told > 500)
            {
                await own.WriteLineAsync(Tally.Line(n, tally)).ConfigureAwait(false);
                (tally, told) = (new(), clock.ElapsedMilliseconds);
            }
            if (target.Path is { } path && !File.Exists(path))
                log.Add("outside", $"{target.Name} has removed what it read", n, null, bytes);
        }
        await own.WriteLineAsync(Tally.Line(options.First + options.Count, tally)).ConfigureAwait(false);
        if (options.IsVerbose)
            foreach ((ReaderTarget reader, (int inputs, TimeSpan all)) in times.OrderByDescending(t => t.Value.Sum))
                await own.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{reader.Name}: {inputs} inputs, {all.TotalMicroseconds / inputs:F0} us each"))
                    .ConfigureAwait(false);
        return 0;
    }

    private const string Refused = "refused";
    private const int Usage = 2;

    private static ReaderTarget Choose(IReadOnlyList<ReaderTarget> targets, Random random)
    {
        while (true)
        {
            ReaderTarget target = targets[random.Next(targets.Count)];
            if (random.Next(target.OneIn) == 0)
                return target;
        }
    }

    // What is wrong with how an input was taken; "refused" where it was, as it should be, and null where it was read.
    private static string? Try(ReaderTarget target, byte[] bytes, Action started)
    {
        string text = target.Path ?? s_utf8.GetString(bytes);
        if (target.Path is not null)
            File.WriteAllBytes(target.Path, bytes);
        started();
        long before = GC.GetTotalAllocatedBytes();
        TimeSpan since = Environment.CpuUsage.TotalTime;
        string? answer = null;
        try
        {
            target.Read(text);
        }
        catch (Exception e)
        {
            answer = Judge(target, e);
        }
        TimeSpan taken = Environment.CpuUsage.TotalTime - since;
        if (taken > s_longest)
            return string.Create(
                CultureInfo.InvariantCulture, $"takes {taken.TotalSeconds:F0} s of the processor for {bytes.Length} bytes");
        long allocated = GC.GetTotalAllocatedBytes() - before;
        return allocated > FreeBytes + ((long)Growth * bytes.Length)
            ? string.Create(CultureInfo.InvariantCulture, $"allocates {allocated >> 20} MB for {bytes.Length} bytes")
            : answer;
    }

    private static string Judge(ReaderTarget target, Exception e)
    {
        Failure failure = Failure.Of(e, name => name);
        // Texts are refused by an exception that whoever has asked for them says more about.
        bool isOfText = target.Path is null && e is FormatException,
            isKnown = isOfText || (failure.ExitCode == 2 && failure.Code is not ErrorCode.Memory);
        string message = isOfText ? Failure.Short(e.Message) : failure.Message,
            where = $"{e.GetType().Name}: {message.ReplaceLineEndings(" ")}";
        return !isKnown ? $"{where} {e.StackTrace?.ReplaceLineEndings(" ")}"
            : Answer.IsRaw(message) ? $"raw {where}"
            : message.Length > Answer.LongestMessage ? $"a message of {message.Length} characters"
            : target.NamesFile && !message.Contains(Path.GetFileName(target.Path!), StringComparison.Ordinal)
                && !message.Contains(Path.GetFileName(Path.GetDirectoryName(target.Path!))!, StringComparison.Ordinal)
                ? $"names no file: {where}"
            : Refused;
    }
}
