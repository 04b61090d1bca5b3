using System.Globalization;

namespace Attractor.Runs;

/// <summary>What lies where in the folder of a study.</summary>
internal static class StudyFolder
{
    public const string Plan = "study.json", Database = "study.db", Trials = "trials", Report = "report.html";

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

    public static bool IsOne(string path) => File.Exists(PlanOf(path));
}
