using System.Text;
using Attractor.Cli.Output;
using Attractor.Numerics;

namespace Attractor.Cli.Training;

/// <summary>One training of all processes that <c>mpirun</c> started: the first of them has the run folder and speaks for all.</summary>
internal static class DistributedTraining
{
    /// <summary>Joins the others and trains with them.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="train">Trains, given what is asked of this process and the others.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="ArgumentException">There is no MPI, or several runs are asked for.</exception>
    public static int Run(RunRequest request, Func<RunRequest, Communicator, int> train)
    {
        if (request.Seeds is not null)
            throw new ArgumentException("--distributed shares one training among all processes: leave --seeds out");
        using Communicator ranks = Communicator.Mpi();
        bool isFirst = ranks.Rank == 0;
        if (!isFirst)
            StandardStreams.Silence();
        DirectoryInfo? scratch = isFirst ? null : Directory.CreateTempSubdirectory("attractor-rank-");
        int code = 0;
        try
        {
            ranks.Together(() => code = train(Own(request, ranks, scratch?.FullName), ranks));
        }
        catch (Exception e) when (!isFirst && e is not null)
        {
            // The first process knows of it, and tells it.
        }
        finally
        {
            scratch?.Delete(recursive: true);
        }
        return isFirst ? code : 0;
    }

    // What the others write is not kept: each has a run folder of its own for as long as it takes.
    private static RunRequest Own(RunRequest request, Communicator ranks, string? scratch)
    {
        string? folder = scratch is null ? null : Path.Combine(scratch, "run");
        if (request.Resume is not { } run)
            return folder is null ? request : request with { Output = folder };
        string[] files = [];
        ranks.Together(() => files = folder is null ? FilesOf(run) : []);
        string[] names = Encoding.UTF8.GetString(ranks.FromFirst(
            folder is null ? Encoding.UTF8.GetBytes(string.Join('\n', files.Select(f => Path.GetRelativePath(run, f)))) : null))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in names)
        {
            byte[]? content = null;
            ranks.Together(() => content = folder is null ? File.ReadAllBytes(Path.Combine(run, name)) : null);
            byte[] all = ranks.FromFirst(content);
            ranks.Together(() => Write(folder, name, all));
        }
        return folder is null ? request : request with { Resume = folder };
    }

    private static void Write(string? folder, string name, byte[] content)
    {
        if (folder is null)
            return;
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    // What a training goes on from: reports and locks are not.
    private static string[] FilesOf(string run) => Directory.Exists(run)
        ? [.. Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".json" or ".jsonl" or
            ".safetensors")]
        : throw new DirectoryNotFoundException($"there is no run {run}");
}
