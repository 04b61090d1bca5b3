using System.CommandLine;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor study</c>: many runs, by one worker or by thousands.</summary>
internal static class StudyCommand
{
    /// <summary>What the verbs call the folder of a study.</summary>
    public static Argument<string> Folder() => new("study") { Description = "the folder of a study" };

    /// <summary>Where the store of a study is, if not where its plan says.</summary>
    public static Option<string?> Store() => new("--store")
    {
        Description = "a PostgreSQL database for workers on many machines, postgres://user@host:5432/database; the password from "
            + "PGPASSWORD or ~/.pgpass [study.db in the folder, for workers on this one]",
        HelpName = "address",
    };

    public static Command Create() => new("study", "Try many settings: a space, a sampler, a pruner, and workers that share the trials.")
    {
        StudyCreateCommand.Create(),
        StudyAddCommand.Create(),
        StudyRunCommand.Create(),
        StudyWorkCommand.Create(),
        StudyStatusCommand.Create(),
        StudyBestCommand.Create(),
        CompareCommand.Create(),
        StudyReportCommand.Create(),
        StudyExportCommand.Create(),
        StudyFetchCommand.Create(),
        StudyRebuildCommand.Create(),
        StudySlurmCommand.Create(),
        StudyKubernetesCommand.Create(),
    };
}
