using System.Text;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary>A batch script of Slurm: an array of workers that are put back into the queue when their time is up.</summary>
internal sealed record SlurmScript
{
    /// <summary>The study's folder, which all nodes see.</summary>
    public required string Study { get; init; }

    /// <summary>What to call the job.</summary>
    public required string Name { get; init; }

    /// <summary>How many workers.</summary>
    public required int Tasks { get; init; }

    /// <summary>How many of them at once; null for as many as there is room for.</summary>
    public int? AtOnce { get; init; }

    /// <summary>Cores of each.</summary>
    public required int Cores { get; init; }

    /// <summary>Further requests, each an option of <c>sbatch</c> with its value.</summary>
    public IReadOnlyList<(string Option, string Value)> Requests { get; init; } = [];

    /// <summary>Seconds before the end of the time at which a worker is told.</summary>
    public required int Notice { get; init; }

    /// <summary>The command that this program is on the nodes, as a shell reads it.</summary>
    public required string Program { get; init; }

    /// <summary>The script.</summary>
    public override string ToString()
    {
        string log = Path.Combine(Path.GetFullPath(Study).Replace("%", "%%", StringComparison.Ordinal), "slurm-%A_%a.log");
        StringBuilder text = new();
        text.Append("#!/bin/sh\n");
        Request(text, "job-name", Name);
        Request(text, "array", FormattableString.Invariant($"0-{Tasks - 1}{(AtOnce is { } most ? $"%{most}" : "")}"));
        Request(text, "cpus-per-task", FormattableString.Invariant($"{Cores}"));
        foreach ((string option, string value) in Requests)
            Request(text, option, value);
        Request(text, "output", log);
        // The same log after a requeue, not a new one over it.
        Request(text, "open-mode", "append");
        Request(text, "signal", FormattableString.Invariant($"B:TERM@{Notice}"));
        text.Append("#SBATCH --requeue\n\n")
            .Append("# Told that the time is up, a worker writes a checkpoint and hands its trial back; the task waits for another turn.\n")
            .Append("# A task that is lost without being told is put back by Slurm, its trial is taken by whoever comes first.\n")
            .Append(Program).Append(" study work ").Append(RunCommands.Quote(Path.GetFullPath(Study))).Append(" --leave &\n")
            .Append("worker=$!\n")
            .Append("told() {\n  trap '' TERM\n  kill -TERM \"$worker\"\n  wait \"$worker\"\n")
            .Append("  scontrol requeue \"${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}\" 2> /dev/null\n  exit 0\n}\n")
            .Append("trap told TERM\nwait \"$worker\"\n");
        return text.ToString();
    }

    private static void Request(StringBuilder text, string option, string value)
        => text.Append("#SBATCH --").Append(option).Append('=').Append(value.Contains(' ') ? $"\"{value}\"" : value).Append('\n');
}
