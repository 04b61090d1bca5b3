using System.Globalization;

namespace Attractor.Runs;

/// <summary>What lies where in the folder of a study.</summary>
internal static class StudyFolder
{
    public const string Plan = "study.json", Database = "study.db", Trials = "trials";

    public static string PlanOf(string study) => Path.Combine(study, Plan);

    public static string TrialsOf(string study) => Path.Combine(study, Trials);

    /// <summary>The run folder of a trial.</summary>
    public static string RunOf(string study, long number)
        => Path.Combine(TrialsOf(study), number.ToString("D6", CultureInfo.InvariantCulture));

    /// <summary>The record of a trial, beside its run folder.</summary>
    public static string RecordOf(string study, long number) => RunOf(study, number) + ".json";

    /// <summary>The records that there are, in no order.</summary>
    public static IEnumerable<string> Records(string study) => Directory.Exists(TrialsOf(study))
        ? Directory.EnumerateFiles(TrialsOf(study), "*.json").Where(f => !Path.GetFileName(f).StartsWith('.'))
        : [];

    /// <summary>Refuses a study of which a part lies elsewhere: what is written to it would be written there.</summary>
    /// <exception cref="IOException">A part is a link.</exception>
    public static void RequireOwn(string study)
    {
        foreach (string part in (string[])[Plan, Database, Database + "-wal", Database + "-shm", Trials])
            RequireNoLink(Path.Combine(study, part));
    }

    /// <summary>The same of one of its trials.</summary>
    /// <exception cref="IOException">Its folder or its record is a link.</exception>
    public static void RequireOwn(string study, long number)
    {
        RequireNoLink(RunOf(study, number));
        RequireNoLink(RecordOf(study, number));
    }

    /// <summary>
    /// Removes what a study that could not be made has left, so that it can be made when the reason is gone. Its plan is written last:
    /// where there is one, somebody else made a study of that name meanwhile.
    /// </summary>
    public static void Abandon(string study)
    {
        if (IsOne(study))
            return;
        try
        {
            foreach (string file in (string[])[Database, Database + "-wal", Database + "-shm"])
                File.Delete(Path.Combine(study, file));
            Directory.Delete(TrialsOf(study));
            Directory.Delete(study);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why it could not be made is what is told.
        }
    }

    public static bool IsOne(string path) => File.Exists(PlanOf(path));

    private static void RequireNoLink(string path) => RunLayout.RefuseLink(
        path, "a study writes and removes only what lies in its own folder; replace it by what it links to");
}
